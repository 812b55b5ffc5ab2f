/** What is fetched late of the devices: together, because one small file is fetched more quickly than two. */
export { default as DevicePanel } from './DevicePanel.svelte';
export { default as MutedHint } from './MutedHint.svelte';
