import { expect, test } from 'vitest';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';

test('[X3] [T3] what somebody drew who was removed from the room waits on their device, and arrives when they are let in again', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const liam = enter('liam');
	await clock.advance(100);
	server.refuses.set('a', 'removed');
	liam.board.change([rectangle('a', 1), rectangle('b', 1)], true);
	await clock.advance(60_000);
	expect(liam.board.state()).toMatchObject({ saving: 'waiting', refusal: null });
	liam.close();
	const again = enter('liam', liam.storage, liam.bytes);
	server.refuses.clear();
	await clock.advance(6_000);
	expect(again.board.state().saving).toBe('saved');
	expect([...server.elements.keys()].sort()).toEqual(['a', 'b', 'first']);
});

test('[X3] where the device has no room the board says that the page must stay, and is content once all is saved', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const maya = enter('maya');
	await clock.advance(100);
	maya.link.cut();
	maya.board.change([rectangle('a', 1)], true);
	expect(maya.board.state()).toMatchObject({ saving: 'waiting', kept: true });
	maya.storage.full = true;
	maya.bytes.full = true;
	maya.board.change([rectangle('b', 1)], true);
	expect(maya.board.state()).toMatchObject({ saving: 'waiting', kept: false });
	maya.board.undo();
	await maya.board.files.save(new File(['picture'], 'photo.png', { type: 'image/png' }));
	expect(maya.board.state().kept).toBe(false);
	maya.link.restore();
	await clock.advance(1_000);
	expect(maya.board.state()).toMatchObject({ saving: 'saved', kept: true });
	expect(server.uploads).toHaveLength(1);
	expect([...server.elements.keys()]).toEqual(expect.arrayContaining(['a', 'b']));
});
