/**
 * The longest lesson with all its extensions is shorter, ms; eight hours is the most one plans. So whatever goes on at an instant
 * began at most this long before, and is found along an index of starts.
 */
export const LASTS_MAX_MS = 2 * 86_400_000;
