import { mount, unmount } from 'svelte';
import PictureFaces from './PictureFaces.svelte';
import type { PictureDeps } from './pictureWindow.svelte.ts';
import { word } from '$lib/shared/counted.ts';

interface DocumentPictureInPicture {
	requestWindow(options: { width: number; height: number }): Promise<Window & typeof globalThis>;
}
declare global {
	interface Window {
		/** Chromium only, so far. */
		documentPictureInPicture?: DocumentPictureInPicture;
	}
}

/** Of the small window when it opens, px. */
const SIZE = { width: 360, height: 400 };

/** A window with everybody and with controls where the browser has that, else the browser's own with one picture. */
export async function openPicture(deps: PictureDeps): Promise<{ close(): void }> {
	const api = window.documentPictureInPicture;
	return api ? inWindow(await api.requestWindow(SIZE), deps) : ofOneVideo(deps);
}

function inWindow(
	small: Window & typeof globalThis,
	{ bridge, stage, heights, context, parts, onclosed }: PictureDeps
): { close(): void } {
	const { documentElement: root, body } = small.document;
	root.lang = document.documentElement.lang;
	root.dir = document.documentElement.dir;
	small.document.title = bridge.view.session.title;
	small.document.adoptedStyleSheets = copiedStyles(small);
	// Rules that were copied bring no fonts along; those come from the browser's cache, or not at all.
	for (const link of document.querySelectorAll('link[rel="stylesheet"]'))
		small.document.head.append(link.cloneNode());
	const faces = mount(PictureFaces, {
		target: body,
		context,
		props: {
			parts,
			bridge,
			stage,
			small,
			onheights: heights.beside,
			onback: () => {
				window.focus();
				small.close();
			}
		}
	});
	// However it was closed: by its own button, from here, or with the page.
	small.addEventListener(
		'pagehide',
		() => {
			void unmount(faces);
			heights.beside({});
			onclosed();
		},
		{ once: true }
	);
	return { close: () => small.close() };
}

/** The rules as they stand, so that nothing has to be fetched: the server may be away. */
function copiedStyles(small: Window & typeof globalThis): CSSStyleSheet[] {
	return [...document.styleSheets].flatMap((sheet) => {
		try {
			const copy = new small.CSSStyleSheet({ baseURL: sheet.href ?? document.baseURI });
			copy.replaceSync([...sheet.cssRules].map(({ cssText }) => cssText).join('\n'));
			return [copy];
		} catch {
			// Of another origin, as of a browser extension.
			return [];
		}
	});
}

/** What one's own picture is called. */
const OWN = word('Your video');

/** The largest picture of somebody else. */
async function ofOneVideo({ bridge, onclosed }: PictureDeps): Promise<{ close(): void }> {
	const videos = [...document.querySelectorAll<HTMLVideoElement>('.place video')];
	const [video] = videos
		.filter((one) => one.ariaLabel !== OWN && one.readyState > 0 && !one.disablePictureInPicture)
		.sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight);
	if (!video) throw new Error('There is no picture to show.');
	await video.requestPictureInPicture();
	const letGo = controlsOfTheSystem(bridge);
	video.addEventListener(
		'leavepictureinpicture',
		() => {
			letGo();
			onclosed();
		},
		{ once: true }
	);
	return { close: () => void document.exitPictureInPicture().catch(() => undefined) };
}

/** Browsers put these beside the picture. Answers with what takes them away again. */
function controlsOfTheSystem(bridge: PictureDeps['bridge']): () => void {
	const actions: [string, () => void][] = [
		['togglemicrophone', () => void bridge.room?.setMicrophone(!bridge.view.media.microphone)],
		['togglecamera', () => void bridge.room?.setCamera(!bridge.view.media.camera)],
		['hangup', () => bridge.room?.leave()]
	];
	const set = (name: string, run: (() => void) | null) => {
		try {
			navigator.mediaSession?.setActionHandler(name as MediaSessionAction, run);
		} catch {
			// Not known to this browser.
		}
	};
	for (const [name, run] of actions) set(name, run);
	return () => actions.forEach(([name]) => set(name, null));
}
