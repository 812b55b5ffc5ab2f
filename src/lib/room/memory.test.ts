import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeStorage } from './fakes/fakeStorage.ts';
import { createMemory } from './memory.ts';

test('[L4] a new tab knows the devices but not the seat of a lobby', () => {
	const storage = fakeStorage();
	const memory = createMemory(storage, 'room', 'liam');
	memory.rememberSeat('lobby');
	memory.rememberDevices({ microphone: 'muted', camera: true });
	expect(createMemory(storage, 'room', 'liam').hadSeat()).toBe(true);
	expect(createMemory(storage, 'room', 'maya').hadSeat()).toBe(false);
	expect(createMemory(storage, 'other', 'liam').deviceChoice()).toBeNull();
	storage.forgetTab();
	expect(memory.hadSeat()).toBe(false);
	expect(memory.deviceChoice()).toEqual({ microphone: 'muted', camera: true });
});

test('[T8] a tab closed in the room leaves the seat to the next one, until the person leaves', () => {
	const storage = fakeStorage();
	const memory = createMemory(storage, 'room', 'liam');
	memory.rememberSeat('lobby');
	memory.rememberSeat('room');
	storage.forgetTab();
	expect(memory.hadSeat()).toBe(true);
	expect(createMemory(storage, 'other', 'liam').hadSeat()).toBe(false);
	expect(createMemory(storage, 'room', 'maya').hadSeat()).toBe(false);
	memory.rememberSeat('none');
	expect(memory.hadSeat()).toBe(false);
});

test('[T9] a tab whose seat was taken does not take it back at a reload; the next one does', () => {
	const storage = fakeStorage();
	const memory = createMemory(storage, 'room', 'liam');
	memory.rememberSeat('room');
	memory.rememberSeat('elsewhere');
	expect(memory.hadSeat()).toBe(false);
	storage.forgetTab();
	expect(memory.hadSeat()).toBe(true);
});

test('[F1] a session that was to end is remembered by the tab', () => {
	const storage = fakeStorage();
	const memory = createMemory(storage, 'room', 'maya');
	expect(memory.isEnding()).toBe(false);
	memory.rememberEnding(true);
	expect(createMemory(storage, 'room', 'maya').isEnding()).toBe(true);
	memory.rememberEnding(false);
	expect(memory.isEnding()).toBe(false);
});

test('[T3] unsent messages survive a closed tab; what was being sent is sent again', () => {
	const storage = fakeStorage();
	const memory = createMemory(storage, 'room', 'liam');
	const letter = { clientId: 'a', text: 'hi', at: 5, error: null };
	memory.rememberOutbox([
		{ ...letter, state: 'sending' },
		{ ...letter, clientId: 'b', state: 'failed', error: 'no' }
	]);
	storage.forgetTab();
	expect(createMemory(storage, 'room', 'liam').outbox()).toEqual([
		{ ...letter, state: 'waiting' },
		{ ...letter, clientId: 'b', state: 'failed', error: 'no' }
	]);
});

test('whatever else is stored there is forgotten', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			const storage = { read: () => text, write: () => true, keys: () => [] };
			const memory = createMemory(storage, 'room', 'liam');
			expect(Array.isArray(memory.outbox())).toBe(true);
			const choice = memory.deviceChoice();
			expect(choice === null || typeof choice.camera === 'boolean').toBe(true);
		})
	);
});

test('[T3] of two tabs neither forgets what the other keeps, and what is sent does not come back', () => {
	const storage = fakeStorage();
	const letter = (clientId: string) => ({
		clientId,
		text: 'hi',
		at: 5,
		state: 'waiting' as const,
		error: null
	});
	const first = createMemory(storage, 'room', 'liam');
	first.rememberOutbox([letter('a')]);
	const second = createMemory(storage, 'room', 'liam');
	expect(second.outbox()).toEqual([letter('a')]);
	second.rememberOutbox([letter('a'), letter('b')]);
	first.rememberOutbox([]);
	expect(createMemory(storage, 'room', 'liam').outbox()).toEqual([letter('b')]);
	second.rememberOutbox([letter('b')]);
	expect(createMemory(storage, 'room', 'liam').outbox()).toEqual([letter('b')]);
});
