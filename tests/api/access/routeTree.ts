import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Everything that Kit answers, read from the sources: what is not written down as a row of the matrix is found here. */
export interface Route {
	/** `GET /session/[roomCode]`, `POST /account?/picture`, `PUT /session/[roomCode]/board/files/[id]`. */
	key: string;
	method: string;
	/** With its parameters in brackets. */
	path: string;
	/** Name of the form action; null for pages and endpoints. */
	action: string | null;
	kind: 'page' | 'action' | 'endpoint';
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const ROOT = 'src/routes';

export function readRoutes(): Route[] {
	const files = globSync(`${ROOT}/**/+{page.svelte,page.server.ts,server.ts}`);
	return files.flatMap(routesOf).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function routesOf(file: string): Route[] {
	const path = file.slice(ROOT.length).replace(/\/\+[^/]+$/, '') || '/';
	if (file.endsWith('.svelte')) return [route('GET', path, 'page')];
	const exported = exportsOf(file);
	if (file.endsWith('+server.ts')) {
		return [...exported.keys()]
			.filter((name) => (METHODS as readonly string[]).includes(name) || name === 'fallback')
			.map((method) => route(method, path, 'endpoint'));
	}
	const actions = exported.get('actions');
	return actions ? namesIn(actions, file).map((name) => route('POST', path, 'action', name)) : [];
}

function route(method: string, path: string, kind: Route['kind'], action: string | null = null): Route {
	return { key: `${method} ${path}${action ? `?/${action}` : ''}`, method, path, action, kind };
}

/** What a module gives to Kit, by name. */
function exportsOf(file: string): Map<string, ts.Expression | undefined> {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
	const found = new Map<string, ts.Expression | undefined>();
	for (const statement of source.statements) {
		if (ts.isExportDeclaration(statement))
			throw new Error(`${file}: write “export const …” for what Kit is given, so that tests can read it.`);
		const isExported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		if (!isExported) continue;
		if (ts.isFunctionDeclaration(statement) && statement.name) found.set(statement.name.text, undefined);
		if (!ts.isVariableStatement(statement)) continue;
		for (const { name, initializer } of statement.declarationList.declarations)
			if (ts.isIdentifier(name)) found.set(name.text, initializer);
	}
	return found;
}

function namesIn(actions: ts.Expression, file: string): string[] {
	const list = ts.isSatisfiesExpression(actions) ? actions.expression : actions;
	if (!ts.isObjectLiteralExpression(list)) throw new Error(`${file}: write the actions down as one object.`);
	return list.properties.map(({ name }) => {
		if (!name || !(ts.isIdentifier(name) || ts.isStringLiteral(name)))
			throw new Error(`${file}: give each action a name that is written down.`);
		return name.text;
	});
}
