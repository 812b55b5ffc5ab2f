import { serveDemo, type DemoOptions } from '../../scripts/demoServer.ts';

/** Started by `startDemo`: the demo without its build, told what to do as JSON, answering with one line of JSON. */
const options = JSON.parse(process.argv[2] ?? 'null') as DemoOptions;
process.stdout.write(`${JSON.stringify(await serveDemo(options))}\n`);
