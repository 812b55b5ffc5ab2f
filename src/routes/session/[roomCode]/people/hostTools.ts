/* What only a mentor needs, and not before there is somebody to do it to: fetched as one part. */
export { default as EverybodyActions } from './EverybodyActions.svelte';
export { default as PersonActions } from './PersonActions.svelte';
export { default as RemovedPeople } from './RemovedPeople.svelte';
