import { expect, test } from 'vitest';
import type { SessionView } from '../../../lib/shared/roomState.ts';
import { pageTitle } from './pageTitle.ts';

const session: SessionView = {
	roomCode: 'demo-lesson',
	title: 'Demo lesson',
	status: 'scheduled',
	startsAt: 0,
	endsAt: 1,
	startedAt: null,
	endedAt: null,
	endReason: null,
	startableFrom: 0,
	members: []
};

test('[Y2] the title of the page says where one stands', () => {
	expect(pageTitle({ name: 'lobby' }, session)).toBe('Lobby · Demo lesson · PeerLearn');
	expect(pageTitle({ name: 'loading' }, session)).toBe('Lobby · Demo lesson · PeerLearn');
	expect(pageTitle({ name: 'loading' }, { ...session, status: 'cancelled' })).toMatch(/^Cancelled · /);
	expect(pageTitle({ name: 'over' }, { ...session, status: 'missed' })).toMatch(/^Missed · /);
	expect(pageTitle({ name: 'left' }, session)).toMatch(/^You left · /);
});
