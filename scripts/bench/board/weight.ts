import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { figure, type Report } from '../figures.ts';
import { openBoards } from './boards.ts';

/** kB of 1,000 bytes, gzipped where that helps. */
type Weight = Record<'script' | 'style' | 'font', number>;

/** What opening the whiteboard fetches that the room page does without. */
export async function measureWeight(): Promise<Report> {
	const boards = await openBoards([0]);
	try {
		const board = await boards.ours(0, 'mentor');
		const weigh = collect(board.page);
		await board.open();
		const size = await board.size();
		// A text brings the font it is written in.
		await board.page.getByRole('button', { name: 'Text', exact: true }).click();
		await board.stroke([[size.width / 2, size.height / 2]], 0);
		await board.page.keyboard.type('x² + y² = 1');
		await board.page.waitForLoadState('networkidle');
		const ours = await weigh();
		const bare = await boards.bare(0, size, null);
		const weighBare = collect(bare.page);
		await bare.open();
		await bare.page.waitForLoadState('networkidle');
		return report(ours, await weighBare());
	} finally {
		await boards.close();
	}
}

/** Everything that comes from now on. */
function collect(page: Page): () => Promise<Weight> {
	const responses: Response[] = [];
	page.on('response', (response) => responses.push(response));
	return async () => {
		const weight: Weight = { script: 0, style: 0, font: 0 };
		for (const response of responses) {
			if (!response.ok()) continue;
			const type = kindOf(response.headers()['content-type'] ?? '');
			if (!type) continue;
			const body = await response.body();
			weight[type] += (type === 'font' ? body : gzipSync(body, { level: 9 })).length / 1_000;
		}
		return weight;
	};
}

function kindOf(type: string): keyof Weight | null {
	if (type.includes('javascript')) return 'script';
	if (type.includes('css')) return 'style';
	return type.includes('font') ? 'font' : null;
}

function report(ours: Weight, baseline: Weight): Report {
	return {
		title: 'What opening the whiteboard fetches (gzip level 9, 1 kB = 1,000 bytes)',
		ours: 'whiteboard',
		baseline: 'Excalidraw',
		figures: [
			figure('JavaScript', 'kB', ours.script, baseline.script),
			figure('style sheets', 'kB', ours.style, baseline.style),
			figure('fonts, once something is written', 'kB', ours.font, null)
		],
		notes: ['Baseline: React and Excalidraw alone, built the same way. Nothing of it is fetched before.'],
		raw: { ours, baseline }
	};
}
