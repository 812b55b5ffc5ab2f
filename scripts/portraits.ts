/**
 * Two drawn people, 1280 × 720, who stand in for cameras when the README's picture is taken: a test pattern would
 * show less of what a lesson looks like, and photographs of real people have no place in a repository.
 */
export const frame = (content: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" width="1280" height="720">${content}</svg>`;

const book = (x: number, y: number, w: number, h: number, colour: string) =>
	`<rect x="${x}" y="${y - h}" width="${w}" height="${h}" rx="4" fill="${colour}"/>`;

const shelf = (y: number, books: [number, number, string][], from: number) => {
	let x = from;
	const row = books.map(([w, h, colour]) => {
		const drawn = book(x, y, w, h, colour);
		x += w + 4;
		return drawn;
	});
	return `${row.join('')}<rect x="${from - 24}" y="${y}" width="330" height="12" rx="3" fill="#8a6a4f"/>`;
};

/** Two eyes at these places, of this half width and half height. */
export const eyes = (xs: [number, number], y: number, [rx, ry]: [number, number], colour: string) =>
	xs.map((x) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${colour}"/>`).join('');

/** A drawn line with round ends: brows, a nose, a mouth. */
export const line = (path: string, colour: string, width: number) =>
	`<path d="${path}" stroke="${colour}" stroke-width="${width}" fill="none" stroke-linecap="round"/>`;

export const MENTOR = frame(`
	<rect width="1280" height="720" fill="#e8dccb"/>
	<rect y="560" width="1280" height="160" fill="#d9c8b1"/>
	${shelf(
		230,
		[
			[26, 110, '#b5563c'],
			[34, 128, '#2f6f66'],
			[22, 100, '#d9a441'],
			[40, 120, '#5a6b8c'],
			[28, 92, '#a84b57'],
			[30, 124, '#476a4b'],
			[24, 106, '#c98a5b']
		],
		70
	)}
	${shelf(
		430,
		[
			[38, 118, '#476a4b'],
			[24, 96, '#d9a441'],
			[30, 126, '#7b4f73'],
			[26, 108, '#b5563c'],
			[36, 116, '#5a6b8c'],
			[28, 98, '#2f6f66']
		],
		70
	)}
	<rect x="930" y="90" width="250" height="300" rx="10" fill="#f7efe2"/><rect x="950" y="110" width="210" height="260" rx="6" fill="#bcd6d6"/>
	<path d="M950 320 L1020 240 L1075 300 L1110 262 L1160 320 V370 H950Z" fill="#6f9a8d"/><circle cx="1110" cy="165" r="24" fill="#f2c968"/>
	<path d="M1075 720 C1070 640 1090 590 1110 560 M1110 560 c-40 -10 -70 -60 -62 -100 c46 10 66 60 62 100 c4 -50 30 -90 76 -92 c2 50 -30 88 -76 92" stroke="#3d6b4c" stroke-width="7" fill="#5c9468"/>
	<path d="M330 720 C340 590 430 530 545 512 L735 512 C850 530 940 590 950 720Z" fill="#c8872f"/>
	<path d="M560 505 h160 v50 c-40 60 -120 60 -160 0Z" fill="#7a4a30"/>
	<path d="M430 330 C400 130 530 60 640 60 C750 60 880 130 850 330 C880 420 840 470 800 470 L480 470 C440 470 400 420 430 330Z" fill="#2a1c17"/>
	<circle cx="452" cy="250" r="62" fill="#2a1c17"/><circle cx="828" cy="250" r="62" fill="#2a1c17"/><circle cx="470" cy="370" r="58" fill="#2a1c17"/><circle cx="810" cy="370" r="58" fill="#2a1c17"/>
	<circle cx="530" cy="120" r="64" fill="#2a1c17"/><circle cx="640" cy="90" r="70" fill="#2a1c17"/><circle cx="750" cy="120" r="64" fill="#2a1c17"/>
	<path d="M510 300 C510 200 570 165 640 165 C710 165 770 200 770 300 C770 430 715 505 640 505 C565 505 510 430 510 300Z" fill="#8a5639"/>
	<path d="M512 262 C540 190 600 172 660 178 C620 200 560 220 512 290Z" fill="#2a1c17"/>
	${line('M560 288 q28 -16 54 0 M666 288 q28 -16 54 0', '#2a1c17', 8)}
	${eyes([588, 692], 322, [11, 13], '#1c120e')}
	${line('M640 330 q-16 44 2 50', '#6b3f28', 6)}
	<path d="M592 412 q48 46 96 0 q-48 18 -96 0Z" fill="#fff"/>${line('M588 408 q52 56 104 0', '#5b2a20', 7)}
	<circle cx="506" cy="392" r="11" fill="#e8c15a"/><circle cx="774" cy="392" r="11" fill="#e8c15a"/>`);

export const LEARNER = frame(`
	<rect width="1280" height="720" fill="#cfd9e2"/>
	<rect y="590" width="1280" height="130" fill="#b9c6d2"/>
	<rect x="90" y="80" width="330" height="400" rx="10" fill="#fff"/><rect x="108" y="98" width="294" height="364" fill="#a9cbe6"/><path d="M255 98 V462 M108 280 H402" stroke="#fff" stroke-width="12"/>
	<path d="M108 420 q70 -70 140 -20 q80 -60 154 10 V462 H108Z" fill="#7fae8f"/>
	<path d="M930 130 h250 v14 h-250Z M930 300 h250 v14 h-250Z" fill="#8795a3"/>
	${book(950, 130, 34, 78, '#355c8a')}${book(988, 130, 26, 66, '#d98f4e')}${book(1018, 130, 40, 84, '#6c8f6a')}
	<circle cx="1000" cy="262" r="38" fill="#e5b75b"/><rect x="1064" y="216" width="84" height="84" rx="10" fill="#5b6e80"/>
	<path d="M320 720 C335 590 430 545 540 528 L740 528 C850 545 945 590 960 720Z" fill="#2f4f7f"/>
	<path d="M540 528 C560 600 720 600 740 528 L760 540 C740 640 540 640 520 540Z" fill="#263f66"/>
	<path d="M570 490 h140 v60 c-36 44 -104 44 -140 0Z" fill="#dca981"/>
	<path d="M498 300 C498 190 560 140 640 140 C720 140 782 190 782 300 C782 430 720 515 640 515 C560 515 498 430 498 300Z" fill="#f0c29b"/>
	<path d="M478 320 C450 150 560 80 660 88 C790 92 830 190 804 322 C790 270 776 240 752 214 C690 232 590 226 540 206 C512 236 492 270 478 320Z" fill="#20202a"/>
	${line('M556 290 q28 -14 54 -2 M670 288 q28 -12 54 2', '#20202a', 8)}
	<g fill="none" stroke="#3a4452" stroke-width="7"><rect x="540" y="306" width="84" height="58" rx="24"/><rect x="656" y="306" width="84" height="58" rx="24"/><path d="M624 328 q16 -10 32 0"/></g>
	${eyes([584, 698], 334, [10, 12], '#1b1b22')}
	${line('M640 340 q-14 44 4 50', '#c98f68', 6)}
	${line('M598 430 q42 34 84 0', '#9a5443', 8)}
	<path d="M470 330 C460 120 820 120 810 330" stroke="#f3f4f6" stroke-width="20" fill="none"/><rect x="448" y="310" width="44" height="96" rx="20" fill="#f3f4f6"/><rect x="788" y="310" width="44" height="96" rx="20" fill="#f3f4f6"/>`);
