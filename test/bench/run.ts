/** `npm run bench`: prints what was measured, and what misses its aim. A miss is reported, it does not fail. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureDay } from './day.ts';
import { measureLab } from './lab.ts';
import { type Measurement, misses, table } from './measure.ts';
import { measureMetering, meteringTable } from './metering.ts';
import { measureSandbox } from './sandbox.ts';
import { measureSite } from './site.ts';

const measurements: Measurement[] = [...(await measureSandbox()), ...(await measureDay()), ...(await measureLab())];
console.log(`In Node ${process.version}\n${table(measurements)}`);

console.log(`\nModelled CPU time at one full vCPU against Node\n${meteringTable(await measureMetering())}`);

if (existsSync(fileURLToPath(new URL('../../dist/index.html', import.meta.url)))) {
  const site = await measureSite();
  measurements.push(...site);
  console.log(`\nIn the browser\n${table(site)}`);
} else {
  console.log('\nThe browser was not measured: there is no built site in dist/ ("npm run build" makes it).');
}

const missed = measurements.filter(misses);
console.log(missed.length === 0 ? '\nAll aims are met.' : `\nMissed: ${missed.map(({ name }) => name).join('; ')}.`);
