import { expect, test } from 'vitest';
import { anElement } from '../../shared/boardFixture.ts';
import { BOARD_FILE_MAX_BYTES } from '../../shared/boardLimits.ts';
import { fakeBytes } from '../fakes/fakeBytes.ts';
import { fakeStorage } from '../fakes/fakeStorage.ts';
import { fakeWhiteboard } from '../fakes/fakeWhiteboard.ts';
import type { Board } from './boardState.ts';
import { createPictureKeep } from './pictureKeep.ts';

const aPicture = (bytes = 'picture', name = 'photo.png', type = 'image/png') =>
	new File([bytes], name, { type });
const shown = (id: string, fileId: string) => {
	const element = anElement('image', { id, pageId: 'first' });
	return { ...element, data: { ...element.data, fileId } };
};
const on = (board: Board) => board.elementsOn('first').map(({ id }) => id);
const textOf = async (board: Board, fileId: string) => (await board.files.read(fileId)).text();

/** Two people; `paste` puts a picture on somebody's board as the canvas does. */
async function lesson() {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	async function paste(board: Board, id: string, file = aPicture()) {
		const fileId = await board.files.save(file);
		board.change([shown(id, fileId)], true);
		return fileId;
	}
	const keepOf = ({ storage, bytes }: Pick<typeof maya, 'storage' | 'bytes'>, userId = 'maya') =>
		createPictureKeep({ storage, bytes, roomCode: 'demo-lesson', userId });
	return { clock, server, enter, maya, liam, paste, keepOf };
}

test('[X2] [X3] a picture is on one’s own board at once, and on the others’ when the server has its bytes', async () => {
	const { clock, server, maya, liam, paste } = await lesson();
	const fileId = await paste(maya.board, 'photo');
	expect(on(maya.board)).toEqual(['photo']);
	expect(maya.board.state()).toMatchObject({ saving: 'saving' });
	await clock.advance(100);
	expect(on(liam.board)).toEqual(['photo']);
	expect(await textOf(liam.board, fileId)).toBe('picture');
	expect(maya.board.state().saving).toBe('saved');
	expect(server.uploads).toEqual([fileId]);
	expect(maya.bytes.kept.size).toBe(0);
});

test('[X3] [T3] a picture from while the server was away survives a closed tab and arrives once', async () => {
	const { clock, server, enter, maya, liam, paste } = await lesson();
	maya.link.cut();
	const fileId = await paste(maya.board, 'photo');
	await clock.advance(60_000);
	expect(maya.board.state()).toMatchObject({ saving: 'waiting', unsaved: 2 });
	expect(await textOf(maya.board, fileId)).toBe('picture');
	maya.close();
	const again = enter('maya', maya.storage, maya.bytes);
	again.link.cut();
	expect(on(again.board)).toEqual(['photo']);
	expect(await textOf(again.board, fileId)).toBe('picture');
	again.link.restore();
	await clock.advance(1_000);
	expect(on(liam.board)).toEqual(['photo']);
	expect(await textOf(liam.board, fileId)).toBe('picture');
	expect(server.uploads).toEqual([fileId]);
	expect(again.board.state().saving).toBe('saved');
	expect(again.bytes.kept.size).toBe(0);
});

test('[X3] what else was drawn does not wait for a picture, and after a lost answer the picture is sent again', async () => {
	const { clock, server, maya, liam, paste } = await lesson();
	maya.link.loseAnswers = true;
	const fileId = await paste(maya.board, 'photo');
	await clock.advance(200);
	expect(server.pictures.has(fileId)).toBe(true);
	expect(server.elements.has('photo')).toBe(false);
	maya.link.loseAnswers = false;
	server.refusesPictures = 'internal';
	maya.board.change([anElement('ellipse', { id: 'circle', pageId: 'first' })], true);
	await clock.advance(6_000);
	expect(on(liam.board)).toEqual(['circle']);
	expect(maya.board.state().saving).toBe('waiting');
	server.refusesPictures = null;
	await clock.advance(6_000);
	expect(on(liam.board).sort()).toEqual(['circle', 'photo']);
	expect(new Set(server.uploads)).toEqual(new Set([fileId]));
	expect(maya.board.state().saving).toBe('saved');
});

test('[X3] [T3] an upload that hangs is begun anew when the connection is back', async () => {
	const { clock, server, maya, liam, paste } = await lesson();
	const { put } = maya.link.files;
	maya.link.files.put = (_id, _bytes, { up }) =>
		new Promise((_done, fail) => up.addEventListener('abort', () => fail({ kind: 'lost' })));
	await paste(maya.board, 'photo');
	await clock.advance(60_000);
	expect(server.uploads).toEqual([]);
	maya.link.files.put = put;
	maya.link.cut();
	maya.link.restore();
	await clock.advance(1_000);
	expect(on(liam.board)).toEqual(['photo']);
	expect(server.uploads).toHaveLength(1);
});

test('[X3] where the device keeps nothing the page does', async () => {
	const { clock, server, enter, liam, paste } = await lesson();
	const [storage, bytes] = [fakeStorage(), fakeBytes()];
	storage.full = bytes.full = true;
	const { board, link } = enter('maya', storage, bytes);
	link.cut();
	const fileId = await paste(board, 'photo');
	await clock.advance(1_000);
	link.restore();
	await clock.advance(1_000);
	expect(on(liam.board)).toEqual(['photo']);
	server.refusesPictures = 'too-large';
	await paste(board, 'huge');
	await clock.advance(1_000);
	expect(on(board)).toEqual(['photo']);
	expect(board.state().refusal!.text).toMatch(/^A picture was not saved/);
	expect(await textOf(liam.board, fileId)).toBe('picture');
});

test('[X3] a picture that was taken back before it was sent is nowhere else', async () => {
	const { clock, server, maya, liam, paste } = await lesson();
	maya.link.cut();
	await paste(maya.board, 'photo');
	maya.board.undo();
	expect(on(maya.board)).toEqual([]);
	maya.link.restore();
	await clock.advance(6_000);
	expect(on(liam.board)).toEqual([]);
	expect(maya.board.state().saving).toBe('saved');
	expect(server.elements.get('photo')).toMatchObject({ version: 2, deleted: true });
});

test('[X3] what the server will not have is said with its reason, goes from the board and stays on the device', async () => {
	const { clock, server, enter, maya, liam, paste, keepOf } = await lesson();
	server.refusesPictures = 'too-large';
	maya.link.cut();
	const fileId = await paste(maya.board, 'photo', aPicture('huge', 'holiday.jpg', 'image/jpeg'));
	maya.link.restore();
	await clock.advance(1_000);
	expect(maya.board.state()).toMatchObject({
		saving: 'saved',
		refusal: {
			text: 'A picture was not saved: Refused: too-large It stays on this device, and the recap offers it.'
		}
	});
	expect([on(maya.board), on(liam.board)]).toEqual([[], []]);
	const nothing = { canUndo: false, canRedo: false };
	expect(maya.board.state()).toMatchObject(nothing);
	// Not by bringing it back either, and not by a reload.
	maya.board.undo();
	maya.board.redo();
	maya.board.change([shown('again', fileId)], true);
	await clock.advance(6_000);
	expect(on(maya.board)).toEqual([]);
	expect(maya.board.state()).toMatchObject(nothing);
	maya.close();
	const again = enter('maya', maya.storage, maya.bytes);
	await clock.advance(6_000);
	expect(on(again.board)).toEqual([]);
	expect(server.uploads).toHaveLength(1);
	const keep = keepOf(maya);
	expect(keep.all()).toEqual([{ id: fileId, name: 'holiday.jpg', refusal: 'Refused: too-large' }]);
	expect(await (await keep.read(fileId))!.text()).toBe('huge');
	keep.forget(fileId);
	expect([keep.all(), await keep.read(fileId), maya.bytes.kept.size]).toEqual([[], null, 0]);
});

test('[X3] a lesson that ended meanwhile leaves picture and element on the device', async () => {
	const { clock, server, maya, paste, keepOf } = await lesson();
	maya.link.cut();
	const fileId = await paste(maya.board, 'photo');
	server.refusesPictures = 'session-over';
	maya.link.restore();
	await clock.advance(60_000);
	expect(on(maya.board)).toEqual(['photo']);
	expect(maya.board.state()).toMatchObject({ saving: 'waiting', refusal: null });
	expect(keepOf(maya).all()).toEqual([{ id: fileId, name: 'photo.png', refusal: null }]);
});

test('[X3] a learner’s picture waits until the board is unlocked', async () => {
	const { clock, server, maya, liam, paste } = await lesson();
	liam.link.cut();
	await paste(liam.board, 'photo');
	maya.board.setLocked(true);
	await clock.advance(100);
	liam.link.restore();
	await clock.advance(6_000);
	expect(server.pictures.size).toBe(0);
	expect(liam.board.state().saving).toBe('locked');
	maya.board.setLocked(false);
	await clock.advance(6_000);
	expect(on(maya.board)).toEqual(['photo']);
});

test('[X3] bytes that the browser threw away are not waited for', async () => {
	const { clock, enter, maya, paste } = await lesson();
	maya.link.cut();
	await paste(maya.board, 'photo');
	maya.close();
	maya.bytes.kept.clear();
	const again = enter('maya', maya.storage, maya.bytes);
	await clock.advance(6_000);
	expect(on(again.board)).toEqual([]);
	expect(again.board.state()).toMatchObject({ saving: 'saved', refusal: { text: 'Refused: bad-input' } });
});

test('[X2] what no board takes is refused before anything is put there', async () => {
	const { maya, keepOf } = await lesson();
	const huge = new File([new Uint8Array(BOARD_FILE_MAX_BYTES + 1)], 'huge.png', { type: 'image/png' });
	await expect(maya.board.files.save(huge)).rejects.toThrow('That is too large.');
	await expect(maya.board.files.save(aPicture('<svg/>', 'a.svg', 'image/svg+xml'))).rejects.toThrow(
		/^Only PNG/
	);
	expect(keepOf(maya).all()).toEqual([]);
});
