import { createPictureKeep, type PictureKeep } from '../board/pictureKeep.ts';
import { browserBytes } from './browserBytes.ts';
import { browserStorage } from './browserStorage.ts';

/** The pictures of a person that this device keeps because the server does not have them. Browser only. */
export function keptPictures(roomCode: string, userId: string): PictureKeep {
	return createPictureKeep({ storage: browserStorage(), bytes: browserBytes(), roomCode, userId });
}
