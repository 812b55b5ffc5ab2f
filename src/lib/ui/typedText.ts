/** What one looks at of a field. */
export interface TypedField {
	name: string;
	type: string;
	value: string;
	checked?: boolean;
	/** `switch`: it takes effect at once, so nothing of it waits to be sent. */
	role?: string | null;
}

/** What stands in one field of a form. Several of one name are in order. */
export type Typed = readonly [name: string, value: string];

const CHOSEN = ['checkbox', 'radio'];
/** What nobody types, or nobody may keep. */
const NEVER = ['password', 'file', 'submit', 'button', 'reset', 'image'];

/**
 * What somebody has filled into a form, without passwords and files. A hidden field counts where there is an open one of the
 * same name: it holds what was typed there before.
 */
export function typedIn(fields: readonly TypedField[]): Typed[] {
	const open = new Set(fields.filter(isOpen).map(({ name }) => name));
	return fields
		.filter((field) => open.has(field.name) && (isOpen(field) || field.type === 'hidden'))
		.filter((field) => (CHOSEN.includes(field.type) ? field.checked === true : field.value !== ''))
		.map(({ name, value }) => [name, value]);
}

/**
 * What is to be done to a form to have in it what was typed: new values of fields, and whether they are chosen. Of several
 * values of one name its one open field gets all, as somebody pastes a list.
 */
export function putBack(
	fields: readonly TypedField[],
	typed: readonly Typed[]
): { at: number; value: string; checked: boolean }[] {
	return fields.flatMap((field, at) => {
		if (!isOpen(field)) return [];
		const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
		if (CHOSEN.includes(field.type)) {
			const checked = values.includes(field.value);
			const isNew = field.checked !== checked && (checked || field.type === 'checkbox');
			return isNew ? [{ at, value: field.value, checked }] : [];
		}
		const value = values.join(' ');
		return values.length > 0 && value !== field.value ? [{ at, value, checked: false }] : [];
	});
}

function isOpen({ name, type, role }: TypedField): boolean {
	return name !== '' && type !== 'hidden' && role !== 'switch' && !NEVER.includes(type);
}

const KEY = 'peerlearn:tab:typed';
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Where one is: what was typed there belongs nowhere else. */
const here = () => location.pathname + location.search;

function forms(): HTMLFormElement[] {
	return [...document.querySelectorAll<HTMLFormElement>('main form')];
}

function controlsOf(form: HTMLFormElement): Control[] {
	return [...form.elements].filter((element) => element.matches('input, textarea, select')) as Control[];
}

function fieldsOf(controls: readonly Control[]): TypedField[] {
	return controls.map((control) => ({
		...{ name: control.name, type: control.type, value: control.value },
		checked: 'checked' in control && control.checked,
		role: control.getAttribute('role')
	}));
}

/** Before the page is asked for anew for another reason than its forms: keeps what stands in them, in this tab. */
export function keepTyped(): void {
	try {
		const typed = forms().map((form) => typedIn(fieldsOf(controlsOf(form))));
		sessionStorage.setItem(KEY, JSON.stringify({ where: here(), typed }));
	} catch {
		// Full or forbidden: it is as without.
	}
}

/** Once the page is there again: puts back what was kept, and forgets it. Whoever listens to the fields hears of it. */
export function restoreTyped(): void {
	try {
		const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as {
			where: string;
			typed: Typed[][];
		} | null;
		sessionStorage.removeItem(KEY);
		if (kept?.where !== here()) return;
		for (const [nth, form] of forms().entries()) {
			const typed = kept.typed[nth];
			if (typed) restoreForm(form, typed);
		}
	} catch {
		// Forbidden, or not as it was written.
	}
}

function restoreForm(form: HTMLFormElement, typed: readonly Typed[]): void {
	const controls = controlsOf(form);
	for (const { at, value, checked } of putBack(fieldsOf(controls), typed)) {
		const control = controls[at]!;
		if (control instanceof HTMLInputElement && CHOSEN.includes(control.type)) control.checked = checked;
		else control.value = value;
		for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
		control.dispatchEvent(new FocusEvent('blur'));
	}
}
