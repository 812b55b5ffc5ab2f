const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * What lies above everything with these indices, in the form the drawing library has them: a letter that says how many
 * digits follow (`a`: one, `b`: two …), those, and a fraction.
 */
export function indexAbove(indices: Iterable<string>): string {
	let highest = '';
	for (const index of indices) if (index > highest) highest = index;
	const head = highest.charCodeAt(0);
	// Capitals count down: anything with a small letter is above them.
	if (highest === '' || head < 97 || head > 122) return 'a0';
	const digits = [...highest.slice(1, head - 95)].map((digit) => DIGITS.indexOf(digit));
	for (let at = digits.length - 1; at >= 0; at -= 1) {
		if (digits[at]! < DIGITS.length - 1) {
			digits[at]! += 1;
			return highest[0]! + digits.map((digit) => DIGITS[Math.max(0, digit)]!).join('');
		}
		digits[at] = 0;
	}
	return head < 122 ? String.fromCharCode(head + 1) + '0'.repeat(head - 95) : `${highest}V`;
}
