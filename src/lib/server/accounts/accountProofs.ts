/** What a link sent by mail proves: that an address is this person's, or that they may choose a new password. */
export type AccountProof = 'verify-address' | 'change-address' | 'reset-password';
