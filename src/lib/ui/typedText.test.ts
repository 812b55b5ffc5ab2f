import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putBack, typedIn, type TypedField } from './typedText.ts';

const text = (name: string, value = '', type = 'text'): TypedField => ({ name, type, value });
const choice = (name: string, value: string, checked: boolean, type = 'radio'): TypedField => ({
	...{ name, type, value, checked }
});

test('[A2] what was typed comes back into the same form, passwords and switches excepted', () => {
	const filled = [
		choice('role', 'mentor', false),
		choice('role', 'learner', true),
		text('name', 'Liam'),
		text('password', 'secret', 'password'),
		text('zone', 'Europe/Berlin', 'hidden'),
		text('minutes', '45', 'select-one'),
		choice('agree', 'yes', true, 'checkbox'),
		{ ...choice('kind', 'reminder', true, 'checkbox'), role: 'switch' },
		text('', 'nameless'),
		text('about', '')
	];
	const typed = typedIn(filled);
	expect(typed).toEqual([
		...[
			['role', 'learner'],
			['name', 'Liam'],
			['minutes', '45'],
			['agree', 'yes']
		]
	]);
	const fresh = filled.map((field) => ({
		...field,
		value: field.checked === undefined && field.name !== 'minutes' ? '' : field.value,
		checked: field.value === 'mentor'
	}));
	expect(putBack(fresh, typed)).toEqual([
		{ at: 1, value: 'learner', checked: true },
		{ at: 2, value: 'Liam', checked: false },
		{ at: 6, value: 'yes', checked: true }
	]);
});

test('[A2] a list that was typed one by one is put back as a whole', () => {
	const typed = typedIn([text('mail', 'a@b', 'hidden'), text('mail', 'c@d', 'hidden'), text('mail', 'e')]);
	expect(putBack([text('mail')], typed)).toEqual([{ at: 0, value: 'a@b c@d e', checked: false }]);
});

test('[A2] what stands there already is left alone', () => {
	const field = fc.record({
		name: fc.constantFrom('a', 'b', 'c'),
		type: fc.constantFrom('text', 'password', 'hidden', 'checkbox', 'textarea'),
		value: fc.constantFrom('', 'x', 'y'),
		checked: fc.boolean()
	});
	fc.assert(
		fc.property(fc.uniqueArray(field, { selector: ({ name }) => name }), (fields) => {
			expect(putBack(fields, typedIn(fields))).toEqual([]);
		})
	);
});
