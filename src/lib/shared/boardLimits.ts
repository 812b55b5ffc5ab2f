/** Sizes both sides of the whiteboard hold to. Bytes are those of UTF-8 JSON. */
export const BOARD_ELEMENT_MAX_BYTES = 30_000;
/** Of one message with elements, either way, its wrapping included. */
export const BOARD_FRAME_MAX_BYTES = 32_000;
/** Elements in one `board.put`. */
export const BOARD_PUT_MAX_ELEMENTS = 50;
/** Live ones, pages not counted. */
export const BOARD_MAX_OBJECTS = 5_000;
export const BOARD_MAX_PAGES = 50;
/** With those that were deleted or never made, and are there because something is on them. */
export const BOARD_MAX_SHOWN_PAGES = 100;
/** Everything that ever was on one board, deleted things included. */
export const BOARD_MAX_ROWS = 50_000;
/** Longer strokes are split by whoever draws them. */
export const BOARD_MAX_POINTS = 2_000;
export const BOARD_TEXT_MAX_CHARACTERS = 5_000;
export const BOARD_TITLE_MAX_CHARACTERS = 80;
/** Coordinates, widths and heights stay within plus and minus this. */
export const BOARD_MAX_NUMBER = 1_000_000;
/** `version` and `nonce` end here; what is alive ends one version earlier, so that everything can be deleted. */
export const BOARD_MAX_VERSION = 2 ** 31 - 1;
/** Points in one `board.draw`: ten times what 50 ms bring with the fastest pens. */
export const BOARD_INK_MAX_POINTS = 200;
/** `board.draw` of one seat, a second; and how many may come at once after a pause. */
export const BOARD_DRAWS_PER_SECOND = 40;
export const BOARD_DRAWS_AT_ONCE = 40;
/** `board.put` of one person, a second; and how many may come at once, as after an hour offline. */
export const BOARD_PUTS_PER_SECOND = 20;
export const BOARD_PUTS_AT_ONCE = 120;
export const BOARD_FILE_MAX_BYTES = 5 * 1024 * 1024;
export const BOARD_FILES_MAX_BYTES_PER_SESSION = 100 * 1024 * 1024;
