// `npm run audit`: what we build on. The lockfile is held against package.json; known holes are asked of the registry.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { main, Mistake } from './commandLine.ts';
import {
	importedPackages,
	lockfileTroubles,
	shippedFolders,
	type Lockfile,
	type Manifest
} from './supplyChain.ts';

/** `npm audit --json`, as far as it is read (npm's documentation, “Audit reports”, version 2). */
interface AuditReport {
	auditReportVersion?: number;
	vulnerabilities?: Record<string, { severity: string; nodes: string[]; range: string }>;
}

function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** Null where the registry does not answer such questions. */
function askRegistry(): AuditReport | null {
	const { stdout } = spawnSync('npm', ['audit', '--json'], {
		encoding: 'utf8',
		shell: process.platform === 'win32'
	});
	try {
		const report = JSON.parse(stdout) as AuditReport;
		return report.auditReportVersion === 2 ? report : null;
	} catch {
		return null;
	}
}

await main(async () => {
	const lockfile = readJson<Lockfile>('package-lock.json');
	const manifest = readJson<Manifest>('package.json');
	const troubles = lockfileTroubles(lockfile, manifest);

	const sources = globSync('{src,peer-server}/**/*.{ts,svelte,css}', {
		exclude: (name) => name.endsWith('.test.ts')
	});
	const roots = new Set(Object.keys(manifest.dependencies));
	for (const file of sources)
		for (const name of importedPackages(readFileSync(file, 'utf8'))) roots.add(name);
	const shipped = shippedFolders(lockfile, roots);
	const all = Object.keys(lockfile.packages).length - 1;
	console.log(
		`Packages: ${all}, each held to a SHA-512; at most ${shipped.size} of them reach a server or a browser.`
	);

	const report = askRegistry();
	if (!report) console.log('Known holes: not checked, the registry does not answer such questions.');
	for (const [name, { severity, nodes, range }] of Object.entries(report?.vulnerabilities ?? {})) {
		const ships = nodes.some((folder) => shipped.has(folder));
		const line = `${name} ${range}: ${severity}${ships ? '' : ', in tools only'}`;
		console.log(line);
		if (ships && ['high', 'critical'].includes(severity)) troubles.push(`${line}.`);
	}
	if (report && troubles.length === 0) console.log('Known holes: none of weight in what ships.');
	if (troubles.length > 0) throw new Mistake(troubles.join('\n'));
});
