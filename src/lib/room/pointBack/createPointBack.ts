import type { DrawMessage, InkDelta } from '../../shared/boardInk.ts';
import { createInkSender } from '../board/inkSender.ts';
import type { Shadows } from '../board/shadows.ts';
import type { Clock, ServerLink, Stop } from '../ports.ts';
import type { PersonView } from '../roomView.ts';
import { createViewFeed } from '../viewFeed.ts';
import type { Point } from './fittedPicture.ts';
import {
	markOf,
	nextChange,
	screenId,
	stillShown,
	takePoints,
	toolWidth,
	type PointMark,
	type PointTool
} from './pointMarks.ts';

/** A stroke that gets longer goes on as another one. */
const MOST_POINTS = 1_000;
/** What the server needs and nobody uses: everybody is shown in the colour that belongs to them. */
const COLOR = '#000000';
const NO_PRESSURE = 0.5;

/** What people show each other on a shared screen: nothing of it is kept anywhere. */
export interface PointBack {
	/** On the screen that this seat shares, one's own included; the same value until something changes. */
	marksOn(seatId: string): readonly PointMark[];
	/** Calls at once and at each change. */
	subscribe(listener: () => void): Stop;
	/** Puts the tool on that screen: a stroke begins or goes on. */
	point(seatId: string, tool: PointTool, at: Point): void;
	/** The tool is lifted, or has left the picture. */
	lift(): void;
	close(): void;
}

export interface PointRoom {
	people(): readonly Pick<PersonView, 'seatId' | 'userId' | 'name' | 'isMe' | 'media'>[];
	/** Calls at each change of these. */
	subscribe(listener: () => void): Stop;
}

interface OwnStroke {
	strokeId: string;
	pageId: string;
	tool: PointTool;
	points: [number, number, number][];
}

/** Hears and shows what is pointed at from now on. */
export function createPointBack(deps: {
	link: Pick<ServerLink, 'board' | 'onStatus'>;
	clock: Clock;
	randomId: () => string;
	room: PointRoom;
}): PointBack {
	const { link, clock, randomId, room } = deps;
	let shadows: Shadows = new Map();
	let own: OwnStroke | null = null;
	let isLive = false;
	let waking: Stop | null = null;
	const feed = createViewFeed(compute, clock);
	const sender = createInkSender({
		clock,
		send({ ink }) {
			const me = mySeat();
			const isWanted = isLive && room.people().length > 1 && ink && screens().has(ink.pageId);
			// Best effort: whoever misses a point gets the next one.
			if (isWanted && me) link.board.draw({ seatId: me.seatId, ink }).catch(() => undefined);
		}
	});

	function mySeat() {
		return room.people().find(({ isMe }) => isMe) ?? null;
	}

	function screens(): Set<string> {
		const sharing = room.people().filter(({ media }) => media.screen);
		return new Set(sharing.map(({ seatId }) => screenId(seatId)));
	}

	function compute(): ReadonlyMap<string, readonly PointMark[]> {
		const people = new Map(room.people().map((person) => [person.seatId, person]));
		const marks = new Map<string, PointMark[]>();
		for (const shadow of shadows.values()) {
			const person = people.get(shadow.seatId);
			const mark = person && markOf(shadow, clock.now(), person.name, person.isMe);
			if (mark) marks.set(shadow.pageId, [...(marks.get(shadow.pageId) ?? []), mark]);
		}
		return marks;
	}

	function show(next: Shadows): void {
		if (next !== shadows) feed.changed();
		shadows = next;
		waking?.();
		const wait = nextChange(shadows, clock.now());
		waking = wait === null ? null : clock.after(wait, wake);
	}

	function wake(): void {
		feed.changed();
		// One's own tool that rests is there all the same.
		if (own) takeOwn(own);
		const seats = new Set(room.people().map(({ seatId }) => seatId));
		show(stillShown(shadows, clock.now(), { screens: screens(), seats }));
	}

	function roomChanged(): void {
		if (own && !screens().has(own.pageId)) giveUp();
		if (shadows.size > 0) wake();
	}

	function take(from: { userId: string; seatId: string }, ink: InkDelta): void {
		if (!screens().has(ink.pageId)) return;
		show(takePoints(shadows, { fromUserId: from.userId, fromSeatId: from.seatId, ink }, clock.now()));
	}

	function takeOwn(stroke: OwnStroke): void {
		const me = mySeat();
		if (me) take(me, { ...envelope(stroke), from: 0, points: stroke.points.flat() });
	}

	function hear(message: DrawMessage): void {
		if (message.type !== 'ink' || message.ink.kind !== 'pointback') return;
		take({ userId: message.fromUserId, seatId: message.fromSeatId }, message.ink);
	}

	function giveUp(): void {
		if (own) sender.end(own.strokeId, false);
		own = null;
	}

	function lift(): void {
		const me = mySeat();
		if (own && me) {
			sender.end(own.strokeId, true);
			take(me, { ...envelope(own), from: own.points.length, points: [], ended: true });
		}
		own = null;
	}

	const stops: Stop[] = [
		link.onStatus(({ name }) => (isLive = name === 'live')),
		link.board.onDrawn(hear),
		room.subscribe(roomChanged)
	];
	return {
		marksOn: (seatId) => feed.view().get(screenId(seatId)) ?? NOTHING,
		subscribe: (listener) => feed.subscribe(listener),
		point(seatId, tool, { x, y }) {
			const pageId = screenId(seatId);
			const me = mySeat();
			if (!me || !screens().has(pageId)) return;
			const last = own?.points.at(-1);
			if (own?.pageId !== pageId || own.tool !== tool || own.points.length >= MOST_POINTS) {
				const goesOn = own?.pageId === pageId && own.tool === tool && last;
				lift();
				own = { strokeId: randomId(), pageId, tool, points: goesOn ? [last] : [] };
			} else if (last?.[0] === x && last[1] === y) return;
			own.points.push([x, y, NO_PRESSURE]);
			const { points } = own;
			takeOwn(own);
			sender.draw({ ...envelope(own), length: points.length, pointAt: (index) => points[index]! });
		},
		lift,
		close() {
			stops.forEach((stop) => stop());
			sender.stop();
			waking?.();
		}
	};
}

const NOTHING: readonly PointMark[] = [];

function envelope({ strokeId, pageId, tool }: OwnStroke) {
	return { strokeId, pageId, kind: 'pointback' as const, color: COLOR, width: toolWidth(tool) };
}
