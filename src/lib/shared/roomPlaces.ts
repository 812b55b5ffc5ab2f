import type { Role } from './sessionStatus.ts';

/** Whether somebody who holds no seat finds a place. Without the mentor there is no lesson: one place is kept for them. */
export function hasPlace(seated: readonly { role: Role }[], role: Role, capacity: number): boolean {
	if (role === 'mentor') return seated.length < capacity;
	const forLearners = seated.some((person) => person.role === 'mentor') ? capacity : capacity - 1;
	return seated.length < forLearners;
}
