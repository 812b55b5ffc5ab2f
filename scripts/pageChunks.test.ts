import { expect, test } from 'vitest';
import { chunkOf } from './pageChunks.ts';

const PAGES = '/src/routes';
const ROOM = `${PAGES}/session/[roomCode]`;

test('the room page comes in two files: what every page begins with or shares, and the rest', () => {
	const imports: Record<string, string[]> = {
		'/kit/runtime/client/entry.js': ['/svelte.js', '/devalue/src/stringify.js'],
		'/generated/client-optimized/app.js': ['/root.svelte'],
		[`${PAGES}/+layout.svelte`]: ['/Toaster.svelte'],
		[`${PAGES}/login/+page.svelte`]: ['/Button.svelte', '/Field.svelte', '/Card.svelte'],
		[`${PAGES}/setup/+page.svelte`]: ['/Button.svelte', '/call.ts', '/Setup.svelte'],
		[`${ROOM}/+page.svelte`]: ['/Button.svelte', '/call.ts', '/svelte.js'],
		[`${ROOM}/devices/DevicePanel.svelte`]: ['/Field.svelte', '/LevelMeter.svelte', '/Button.svelte'],
		'/AfterSession.svelte': ['/Button.svelte']
	};
	const ids = [...new Set(Object.entries(imports).flatMap(([id, others]) => [id, ...others]))];
	const chunk = chunkOf(ids, { getModuleInfo: (id) => ({ importedIds: imports[id] ?? [] }) });
	const placed = (name: string | null) => ids.filter((id) => chunk(id) === name);

	expect(placed('start').sort()).toEqual([
		'/Button.svelte',
		'/Field.svelte',
		'/Toaster.svelte',
		'/kit/runtime/client/entry.js',
		'/root.svelte',
		`${PAGES}/+layout.svelte`,
		'/svelte.js'
	]);
	expect(placed('room').sort()).toEqual(['/call.ts', `${ROOM}/+page.svelte`]);
	expect(placed('devices').sort()).toEqual(['/LevelMeter.svelte', `${ROOM}/devices/DevicePanel.svelte`]);
	// SvelteKit takes the static imports of a page's chunks for what it needs at once: the list of all pages is in none.
	expect(placed(null)).toEqual(
		expect.arrayContaining(['/generated/client-optimized/app.js', '/Card.svelte', '/Setup.svelte'])
	);
	// Named at the beginning and used elsewhere.
	expect(placed(null)).toContain('/devalue/src/stringify.js');
});
