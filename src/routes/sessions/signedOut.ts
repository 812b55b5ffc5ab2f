/** Said in place: a redirect to the login page would throw away what was typed. */
export const SIGNED_OUT = 'You were signed out. Sign in again in another tab, then send this once more.';
