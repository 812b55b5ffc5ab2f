import { openBrowser, openPage, enterLobby, closePages } from './lesson.ts';
import { atDesk } from './people.ts';
import { startProduct } from './product.ts';
import { setTimeout as delay } from 'node:timers/promises';
const RUNS = Number(process.env.RUNS ?? 4);
const product = await startProduct((config) => atDesk(config, async (desk) => {
	const mentor = await desk.signIn('Mentor', 'mentor');
	const learner = await desk.signIn('Learner', 'learner');
	const roomCodes: string[] = [];
	for (let nth = 0; nth < RUNS; nth++) roomCodes.push(await desk.plan('scheduled', mentor, [learner]));
	return { mentor, learner, roomCodes };
}));
const browser = await openBrowser();
function probe(variant: string) {
	try { localStorage.setItem('variant', variant); } catch {}
	const marks: [string, number][] = [];
	(window as any).marks = marks;
	const mark = (n: string) => marks.push([n, performance.timeOrigin + performance.now()]);
	const pcs: RTCPeerConnection[] = [];
	const Old = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Old { constructor(c?: RTCConfiguration) { super(c); pcs.push(this); mark('pc'); this.addEventListener('connectionstatechange', () => mark('pc ' + this.connectionState)); } } as any;
	const rt = RTCRtpSender.prototype.replaceTrack;
	RTCRtpSender.prototype.replaceTrack = function (t) { mark('replace ' + t?.kind); return rt.call(this, t).then((x) => { mark('replaced ' + t?.kind); return x; }); };
	const sp = RTCRtpSender.prototype.setParameters;
	RTCRtpSender.prototype.setParameters = function (p) { mark('setParameters active=' + p.encodings[0]?.active + ' ' + p.encodings[0]?.scaleResolutionDownBy); return sp.call(this, p).then((x) => { mark('setParameters done'); return x; }); };
	document.addEventListener('click', (e) => { mark('click'); }, true);
	let first = { sent: false, got: false, dec: false, enc: false };
	let on = false;
	(window as any).go = () => { on = true; let last = performance.now();
		const ch = new MessageChannel(); 
		setInterval(() => { const n = performance.now(); if (n - last > 30) mark('main blocked ' + Math.round(n - last)); last = n; }, 4);
		void (async () => { while (!first.dec) { for (const pc of pcs) if (pc.connectionState === 'connected') { const r = await pc.getStats(); r.forEach((s: any) => {
			if (s.type === 'outbound-rtp' && s.kind === 'video') { if (!first.enc && s.framesEncoded > 0 && s.frameWidth > 160) { first.enc = true; mark('encoded ' + s.frameWidth); } if (!first.sent && s.packetsSent > 0) { first.sent = true; mark('video packet sent'); } }
			if (s.type === 'inbound-rtp' && s.kind === 'video') { if (!first.got && s.packetsReceived > 0) { first.got = true; mark('video packet received'); } if (!first.dec && s.framesDecoded > 0 && s.frameWidth > 160) { first.dec = true; mark('decoded'); } }
		}); } await new Promise((d) => setTimeout(d, 4)); } })(); };
	new MutationObserver(() => { for (const v of document.querySelectorAll('video')) if ((v.getAttribute('aria-label') ?? '').startsWith('Video of') && !(v as any).seen) { (v as any).seen = true; mark('video element'); const look = (_: number, m: any) => { const vis = v.checkVisibility({ visibilityProperty: true, opacityProperty: true }); if (m.width > 160 && vis) mark('REAL'); else { mark('frame ' + m.width + ' ' + vis); v.requestVideoFrameCallback(look); } }; v.requestVideoFrameCallback(look); } }).observe(document, { childList: true, subtree: true });
}
const got: Record<string, number[][]> = { A: [], B: [] };
for (let nth = 0; nth < RUNS; nth++) {
	const variant = 'A';
	const mentor = await openPage(browser, product.origin, product.prepared.mentor);
	const learner = await openPage(browser, product.origin, product.prepared.learner);
	for (const p of [mentor, learner]) await p.addInitScript(probe, variant);
	const url = `${product.origin}/session/${product.prepared.roomCodes[nth]}`;
	for (const page of nth % 2 === 0 ? [mentor, learner] : [learner, mentor]) await enterLobby(page, url);
	await delay(Number(process.env.SETTLE ?? 2500));
	for (const p of [mentor, learner]) await p.evaluate(() => (window as any).go());
	await delay(100);
	await mentor.getByRole('button', { name: 'Start session' }).click();
	await delay(2000);
	const all = await Promise.all([mentor, learner].map((p) => p.evaluate(() => (window as any).marks as [string, number][])));
	const clicked = all[0]!.findLast(([n]) => n === 'click')![1];
	const real = all.map((m) => Math.round((m.find(([n]) => n === 'REAL')?.[1] ?? NaN) - clicked));
	got[variant]!.push(real);
	console.log('--- run', nth, variant, real.join(' '));
	all.forEach((m, i) => console.log(['mentor', 'learner'][i], m.filter(([, t]) => t >= clicked - 5 && t < clicked + 1500).map(([n, t]) => `${Math.round(t - clicked)} ${n}`).join(' | ')));
	await closePages([mentor, learner]);
}
for (const [v, r] of Object.entries(got)) { const b = r.map((x) => Math.max(...x)).sort((a, c) => a - c); console.log(v, b.join(' '), 'median', b[Math.floor(b.length / 2)]); }
await browser.close();
await product.stop();
