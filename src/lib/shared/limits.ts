/** Sizes and times both sides hold to. Milliseconds where not said otherwise. */
export const CHAT_MAX_CHARACTERS = 2_000;
export const COMMENT_MAX_CHARACTERS = 2_000;
export const NOTE_MAX_CHARACTERS = 4_000;
export const TITLE_MAX_CHARACTERS = 120;
export const NAME_MAX_CHARACTERS = 80;
export const EMAIL_MAX_CHARACTERS = 254; // RFC 5321, 4.5.3.1.3
export const PASSWORD_MIN_CHARACTERS = 8;
export const PASSWORD_MAX_CHARACTERS = 200;
/** A person's picture as it is stored, bytes, and its longer side, pixels. Pages make it smaller before they send it. */
export const PORTRAIT_MAX_BYTES = 1024 * 1024;
export const PORTRAIT_MAX_PIXELS = 4_096;
export const FILE_NAME_MAX_CHARACTERS = 180;
/** Files of one person that have begun to arrive and are not there yet. */
export const UNFINISHED_UPLOADS_MAX = 20;
/** Sent in one request, bytes: what a proxy that hands on whole requests only may hold back. */
export const UPLOAD_PART_BYTES = 5 * 1024 * 1024;
/** Of one `room.signal`; an offer has 5 to 10 thousand. */
export const SIGNAL_MAX_CHARACTERS = 24_000;
export const EXTENSION_MINUTES = [5, 10, 15] as const;
/** The time left at which everybody is warned. */
export const WARNING_MINUTES = [10, 5, 1] as const;
/** Close codes of the tRPC socket on which a client stops retrying (spec S2). */
export const CLOSE_SIGNED_OUT = 4401;
export const CLOSE_FORBIDDEN = 4403;
/** “Service restart” (registered with RFC 6455's codes): the server says that it will be back in a moment. */
export const CLOSE_RESTARTING = 1012;
