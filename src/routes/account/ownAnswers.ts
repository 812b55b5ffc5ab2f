/**
 * For each of the forms on one page: it takes over the answer to itself alone. As the library has it, what the page loads
 * anew after another form was sent replaces what was typed here.
 */
export const OWN_ANSWERS = { applyAction: 'never' } as const;
