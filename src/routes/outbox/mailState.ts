/** What became of a mail. */
export type MailState = 'kept' | 'sent' | 'waiting' | 'dropped';

/** `leave`: whether mails leave this server at all. */
export function mailState(mail: { sentAt: Date | null; droppedAt: Date | null }, leave: boolean): MailState {
	if (mail.sentAt) return 'sent';
	if (mail.droppedAt) return 'dropped';
	return leave ? 'waiting' : 'kept';
}

export const MAIL_STATE_WORDS: Record<MailState, string> = {
	kept: 'Kept here',
	sent: 'Sent',
	waiting: 'On its way',
	dropped: 'No longer needed'
};
