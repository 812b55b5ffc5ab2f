/**
 * Stands where PeerJS imports `webrtc-adapter` (see vite.config.ts). That package mends browsers older than those
 * our styles need (Chromium 111, Firefox 128, Safari 16.4), and would be a tenth of the room page's JavaScript.
 * PeerJS itself only asks it for the browser's name, and decides nothing by it that we use.
 */
export default { browserDetails: { browser: 'unknown', version: 0 } };
