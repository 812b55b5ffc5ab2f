/** What somebody shares: a page with an exercise, 1280 × 720. */
export const WORKSHEET = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" width="1280" height="720" font-family="Georgia, serif">
	<rect width="1280" height="720" fill="#fffdf8"/><rect width="1280" height="56" fill="#24453f"/>
	<text x="40" y="37" font-size="22" fill="#fff" font-family="sans-serif">Exercises: extreme points</text>
	<text x="60" y="130" font-size="40" fill="#1d1b18">1. Where is the highest point?</text>
	<text x="60" y="195" font-size="32" fill="#1d1b18">f(x) = 4x − x²</text>
	<text x="60" y="262" font-size="27" fill="#5b564e">a) Find f ′(x).</text>
	<text x="60" y="307" font-size="27" fill="#5b564e">b) For which x is f ′(x) = 0?</text>
	<text x="60" y="352" font-size="27" fill="#5b564e">c) Is it a maximum or a minimum?</text>
	<text x="60" y="470" font-size="40" fill="#1d1b18">2. The same for</text>
	<text x="60" y="535" font-size="32" fill="#1d1b18">g(x) = x³ − 3x + 1</text>
	<g transform="translate(720 110)" fill="none" stroke-linecap="round" stroke-linejoin="round">
		<path d="M0 460 H500 M60 500 V20" stroke="#1d1b18" stroke-width="3"/>
		<path d="M490 452 l12 8 l-12 8 M52 30 l8 -12 l8 12" stroke="#1d1b18" stroke-width="3"/>
		<path d="M60 460 Q250 -300 440 460" stroke="#0f6b5c" stroke-width="5"/>
		<path d="M130 80 H370" stroke="#c8623c" stroke-width="4" stroke-dasharray="4 10"/>
		<circle cx="250" cy="80" r="9" fill="#c8623c"/>
	</g>
</svg>`;
