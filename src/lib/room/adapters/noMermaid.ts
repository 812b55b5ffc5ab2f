/**
 * Stands where the drawing library imports its reader of Mermaid diagrams (see vite.config.ts). Pasted text stays
 * text; the reader and what it needs would be several times the size of the whole board.
 */
export function parseMermaidToExcalidraw(): Promise<never> {
	return Promise.reject(new Error('Diagrams are not read from text.'));
}
