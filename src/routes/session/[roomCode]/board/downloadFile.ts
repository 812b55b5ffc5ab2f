/** How long a browser may take to begin with it, ms. */
const KEPT_FOR = 60_000;

/** Hands a file to the browser to keep. */
export function downloadFile(blob: Blob, name: string): void {
	const href = URL.createObjectURL(blob);
	Object.assign(document.createElement('a'), { href, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(href), KEPT_FOR);
}
