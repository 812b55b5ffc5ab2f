/**
 * Of the black picture that is sent where there is no other, px. Every real one is wider, so that a page can tell whether
 * the picture of a person has come.
 */
export const BLANK_WIDTH = 160;
export const BLANK_HEIGHT = 90;
