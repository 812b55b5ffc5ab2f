/** After so long without a sign of anybody the controls step aside, ms. */
export const REST_AFTER = 4_000;

/** What is the case when it is time to step aside. */
export interface RestScene {
	/** The layout has a picture to make room for. */
	wanted: boolean;
	/** There is a mouse or the like: a finger that rests says nothing. */
	finePointer: boolean;
	/** Something among the controls has the focus. */
	focusInside: boolean;
	/** A field that is written in has it. */
	writing: boolean;
	/** A menu or a dialog is open. */
	asked: boolean;
	/** The mouse lies on the controls. */
	pointedAt: boolean;
}

/** The controls only step aside where surely nobody is about to use them. */
export function mayRest(scene: RestScene): boolean {
	const { wanted, finePointer, focusInside, writing, asked, pointedAt } = scene;
	return wanted && finePointer && !focusInside && !writing && !asked && !pointedAt;
}
