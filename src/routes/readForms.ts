import { error, isHttpError } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';

/** In which superforms would take a whole form as one value. No form of ours is sent so, and of some values its reader dies. */
const WHOLE_FORM = /^__superform_(json|files?_)/;

/** From now on a form that is none, or that broke off, is the sender's mistake and no error of ours: 400. */
export function readForms(request: Request): void {
	const read = request.formData.bind(request);
	request.formData = async () => {
		const form = await read().catch((reason: unknown) => {
			// Such as one that is too large, which says so.
			if (isHttpError(reason)) throw reason;
			error(400, REFUSALS['bad-input']);
		});
		for (const name of [...form.keys()]) if (WHOLE_FORM.test(name)) form.delete(name);
		return form;
	};
}
