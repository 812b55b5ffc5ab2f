import { LOCALE } from './language.ts';

/** One sentence for each form that a number asks for; `#` stands for the number. English has two of them. */
export interface CountedForms {
	one: string;
	other: string;
}

let rules: Intl.PluralRules | undefined;

/**
 * The form that fits `count`: `counted(files, { one: '1 file', other: '# files' })`. In other languages the build puts
 * in the forms that they have (Arabic: six), which is why both stand here as they are and not put together.
 */
export function counted(count: number, forms: CountedForms): string {
	rules ??= new Intl.PluralRules(LOCALE);
	const form = (forms as Partial<Record<Intl.LDMLPluralRule, string>>)[rules.select(count)] ?? forms.other;
	return form.replace('#', count.toLocaleString(LOCALE));
}

/**
 * Marks a word that does not look like one to the build: alone and small, such as the name of a shape in a list.
 * It comes out as it is.
 */
export function word(text: string): string {
	return text;
}

/** Between the parts of a list that is no sentence. */
export const COMMA = word(', ');

/** In the quotation marks of the language. */
export function quoted(text: string): string {
	return word(`“${text}”`);
}
