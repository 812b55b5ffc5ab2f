import { build } from './buildApp.ts';
import { main } from './commandLine.ts';

await main(build);
