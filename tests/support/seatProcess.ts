import { openPage } from './nodePage.ts';
import type { Visitor } from './crashingServer.ts';

/** A page in a process of its own, so that it can be frozen or killed like a browser; says when it is seated. */
const { url, person, roomCode } = JSON.parse(process.argv[2] ?? 'null') as {
	url: string;
	person: Visitor;
	roomCode: string;
};
const page = openPage(url, person, roomCode);
const look = setInterval(() => {
	if (!page.people().some(({ seatId }) => seatId === page.seatId)) return;
	clearInterval(look);
	process.stdout.write('seated\n');
}, 20);
