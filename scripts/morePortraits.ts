/** Two further drawn people, 1280 × 720, for pictures of groups (`portraits.ts` says why they are drawn). */
import { eyes, frame, line } from './portraits.ts';

export const AISHA = frame(`
	<rect width="1280" height="720" fill="#e7e0ee"/><rect y="580" width="1280" height="140" fill="#d3c8df"/>
	<rect x="110" y="110" width="220" height="280" rx="10" fill="#fff"/><rect x="130" y="130" width="180" height="240" fill="#f3d9c4"/>
	<circle cx="220" cy="230" r="52" fill="#d9825b"/><path d="M150 370 q70 -80 140 0Z" fill="#4f7a77"/>
	<path d="M1010 580 V420 h150 V580Z" fill="#c9885f"/><path d="M1085 420 c-70 -30 -110 -120 -80 -190 c60 30 90 110 80 190 c10 -90 40 -150 110 -170 c20 80 -30 150 -110 170Z" fill="#5c9468" stroke="#3d6b4c" stroke-width="6"/>
	<path d="M300 720 C315 590 420 545 540 525 L740 525 C860 545 965 590 980 720Z" fill="#7a3f5e"/>
	<path d="M640 70 C480 70 430 210 440 340 C446 440 420 520 470 600 C560 660 720 660 810 600 C860 520 834 440 840 340 C850 210 800 70 640 70Z" fill="#2f6f7c"/>
	<path d="M640 150 C560 150 512 210 512 300 C512 430 570 505 640 505 C710 505 768 430 768 300 C768 210 720 150 640 150Z" fill="#c98f68"/>
	<path d="M640 128 C540 128 494 200 500 320 C506 240 560 178 640 178 C720 178 774 240 780 320 C786 200 740 128 640 128Z" fill="#275e69"/>
	<path d="M470 600 C560 560 600 545 640 500 C680 545 720 560 810 600 C740 690 540 690 470 600Z" fill="#275e69"/>
	${line('M556 282 q28 -16 54 -2 M670 280 q28 -14 54 2', '#3a241a', 8)}
	${eyes([585, 695], 318, [11, 13], '#21150f')}
	${line('M640 326 q-14 44 4 50', '#a4694a', 6)}
	<path d="M590 410 q50 48 100 0 q-50 16 -100 0Z" fill="#fff"/>${line('M586 407 q54 54 108 0', '#8a3f3c', 7)}`);

export const OMAR = frame(`
	<rect width="1280" height="720" fill="#d7e3d8"/><rect y="585" width="1280" height="135" fill="#bfd0c1"/>
	<rect x="80" y="120" width="300" height="210" rx="8" fill="#33594a"/><path d="M110 290 L170 220 L230 250 L340 160" stroke="#f3f1e7" stroke-width="7" fill="none"/><path d="M110 160 V300 H350" stroke="#f3f1e7" stroke-width="5" fill="none"/>
	<path d="M1000 585 L1020 300 M1020 300 l110 40 l-30 90 l-110 -40Z" stroke="#6d5b3c" stroke-width="12" fill="#e9b949"/><rect x="960" y="575" width="110" height="16" rx="6" fill="#6d5b3c"/>
	<path d="M310 720 C330 585 430 545 545 525 L735 525 C850 545 950 585 970 720Z" fill="#a4512f"/>
	<path d="M545 525 L640 640 L735 525 L700 500 H580Z" fill="#f1ece1"/>
	<path d="M572 485 h136 v56 c-36 48 -100 48 -136 0Z" fill="#b57a52"/>
	<path d="M498 296 C498 190 560 142 640 142 C720 142 782 190 782 296 C782 430 718 520 640 520 C562 520 498 430 498 296Z" fill="#cf9468"/>
	<path d="M488 320 C470 170 540 92 640 92 C745 92 812 170 792 320 C786 270 772 236 748 208 C690 190 590 190 532 208 C508 236 494 270 488 320Z" fill="#1d1613"/>
	<path d="M500 340 C506 470 570 545 640 545 C710 545 774 470 780 340 C770 410 740 440 706 436 C690 412 590 412 574 436 C540 440 510 410 500 340Z" fill="#1d1613"/>
	${line('M552 288 q30 -18 58 -2 M670 286 q30 -16 58 2', '#1d1613', 10)}
	${eyes([584, 698], 326, [10, 12], '#16100d')}
	${line('M640 332 q-16 46 4 54', '#9b633f', 6)}
	${line('M600 446 q40 30 80 0', '#e3a58a', 10)}`);
