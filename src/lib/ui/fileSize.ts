const KILO = 1024;

/** Bytes in words, counted as the limits are (1 MB = 1024 kB): `840 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes < KILO) return `${Math.max(0, Math.round(bytes))} B`;
	const kilobytes = bytes / KILO;
	// 1023.6 kB would round to “1024 kB”.
	if (Math.round(kilobytes) < KILO) return `${Math.round(kilobytes)} kB`;
	const megabytes = kilobytes / KILO;
	return megabytes < 99.95 ? `${megabytes.toFixed(1).replace(/\.0$/, '')} MB` : `${Math.round(megabytes)} MB`;
}
