/** One package as the lockfile has it. */
interface LockedPackage {
	version?: string;
	resolved?: string;
	integrity?: string;
	link?: boolean;
	hasInstallScript?: boolean;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
}

/** `package-lock.json`, version 3: packages by the folder they are installed in; the project itself is `''`. */
export interface Lockfile {
	packages: Record<string, LockedPackage>;
}

/** The parts of `package.json` that are looked at. */
export interface Manifest {
	dependencies: Record<string, string>;
	devDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	/** Packages that bring an install script, each named with what we say to it. */
	allowScripts?: Record<string, boolean>;
}

/**
 * What in the lockfile could bring in something else than was looked at: each as a sentence, none where all is well.
 * Every package comes from the registry, is held to a SHA-512, and brings no install script that is not named.
 */
export function lockfileTroubles({ packages }: Lockfile, manifest: Manifest): string[] {
	const troubles: string[] = [];
	for (const [folder, locked] of Object.entries(packages)) {
		if (folder === '') continue;
		const name = nameOf(folder);
		if (locked.link || (locked.resolved !== undefined && !/^https:\/\/[^/]+\//.test(locked.resolved)))
			troubles.push(`${name} does not come from the registry (${locked.resolved ?? 'a folder'}).`);
		if (!locked.integrity?.startsWith('sha512-')) troubles.push(`${name} is held to no SHA-512.`);
		if (locked.hasInstallScript && !Object.hasOwn(manifest.allowScripts ?? {}, name))
			troubles.push(`${name} brings an install script that “allowScripts” does not name.`);
	}
	const { dependencies, devDependencies, optionalDependencies } = manifest;
	for (const [name, version] of Object.entries({
		...dependencies,
		...devDependencies,
		...optionalDependencies
	}))
		if (!/^\d+\.\d+\.\d+/.test(version)) troubles.push(`${name} is not held to one version (${version}).`);
	return troubles;
}

/**
 * The folders of everything that reaches a server or a browser: `roots` and what they need, found as Node finds it.
 * Tools that only build and test are not among them.
 */
export function shippedFolders({ packages }: Lockfile, roots: Iterable<string>): Set<string> {
	const found = new Set<string>();
	const next = [...roots].map((name) => ({ name, from: '' }));
	for (let each = next.pop(); each; each = next.pop()) {
		const folder = resolveFrom(packages, each.from, each.name);
		if (folder === null || found.has(folder)) continue;
		found.add(folder);
		const { dependencies, optionalDependencies, peerDependencies } = packages[folder]!;
		for (const name of Object.keys({ ...peerDependencies, ...dependencies, ...optionalDependencies }))
			next.push({ name, from: folder });
	}
	return found;
}

/** The packages that a source file imports. */
export function importedPackages(source: string): string[] {
	const imports = source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|@import\s+)['"]([^'"]+)['"]/g);
	return [...imports].flatMap(([, path = '']) => {
		const name = /^(@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*/.exec(path)?.[0];
		return name && !path.startsWith('node:') ? [name] : [];
	});
}

function resolveFrom(packages: Lockfile['packages'], from: string, name: string): string | null {
	for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
		const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
		if (Object.hasOwn(packages, path)) return path;
		if (folder === '') return null;
	}
}

function nameOf(folder: string): string {
	return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
