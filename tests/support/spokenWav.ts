import { writeFile } from 'node:fs/promises';

const RATE = 16_000;
const SECONDS = 4;

/** Writes a sound file like somebody speaking: a voice of 140 Hz in four syllables a second, for a browser's fake microphone. */
export async function writeSpokenWav(path: string): Promise<void> {
	const samples = new Int16Array(RATE * SECONDS);
	for (let nth = 0; nth < samples.length; nth += 1) {
		const at = nth / RATE;
		const pitch = 140 + 12 * Math.sin(2 * Math.PI * 0.9 * at);
		const voice = [1, 2, 3, 4, 5, 6, 8, 11].reduce(
			(sum, overtone) => sum + Math.sin(2 * Math.PI * pitch * overtone * at) / overtone,
			0
		);
		const syllable = 0.15 + 0.85 * Math.sin(Math.PI * 4 * at) ** 2;
		samples[nth] = Math.round(9_000 * voice * syllable * 0.6);
	}
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + samples.byteLength, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	// PCM, one channel, 16 bits.
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(RATE, 24);
	header.writeUInt32LE(RATE * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(samples.byteLength, 40);
	await writeFile(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
}
