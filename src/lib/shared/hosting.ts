/** What a mentor may ask of somebody's page, which does it at once. Nobody can be unmuted by others. */
export const HOST_REQUESTS = ['mute', 'lowerHand'] as const;
export type HostRequest = (typeof HOST_REQUESTS)[number];

/** Requests of one mentor, a second; and how many may come at once after a pause. */
export const HOST_REQUESTS_PER_SECOND = 4;
export const HOST_REQUESTS_AT_ONCE = 20;
