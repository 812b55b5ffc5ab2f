import type { LoginPlace } from './accountsService.ts';
import { deviceWords } from './deviceWords.ts';

/** Where a request comes from, as the server that took it says. */
export function loginPlace(event: { getClientAddress(): string; request: Request }): LoginPlace {
	return {
		address: event.getClientAddress(),
		device: deviceWords(event.request.headers.get('user-agent'))
	};
}
