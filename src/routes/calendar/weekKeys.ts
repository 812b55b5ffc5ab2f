import { DIRECTION } from '../../lib/shared/language.ts';
import type { StopMove } from './weekStops.ts';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>;

/** Days further on lie where reading goes. */
export function daysOf({ key }: Pick<Pressed, 'key'>, direction = DIRECTION): -1 | 1 | null {
	if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
	return (key === 'ArrowRight') === (direction === 'ltr') ? 1 : -1;
}

/** Where a key leads in the week; null for keys that lead nowhere. */
export function wayOf(pressed: Pressed, direction = DIRECTION): StopMove | null {
	const { key } = pressed;
	const isFar = pressed.ctrlKey || pressed.metaKey;
	const days = daysOf(pressed, direction);
	if (days !== null) return days === 1 ? 'laterDay' : 'earlierDay';
	if (key === 'ArrowUp') return 'up';
	if (key === 'ArrowDown') return 'down';
	if (key === 'Home') return isFar ? 'top' : 'firstDay';
	if (key === 'End') return isFar ? 'bottom' : 'lastDay';
	return null;
}
