/** What 420 million meter readings a month cost as they are, and after each change of the lesson: from the prices. */
import { findFact } from '../../course/facts.ts';
import { pick } from '../../course/format-fact.ts';

const here = 'src/components/figures/meter-months.ts';
const price = (id: string, path: string) => Number(pick(findFact(id, here).value, path));
const request = Number(findFact('price-requests', here).value) / 1e6;
const x86 = price('price-x86-us-east-1', 'tiers.0.usd');
const arm = price('price-arm64-us-east-1', 'tiers.0.usd');
const perGB = price('logs-ingest-standard', 'tiers.0.usd');

const readings = 420e6;
const batch = 25;
/** Billed seconds of the lesson's two test events; a test runs them. */
export const billedSeconds = { one: 0.042, batch: 0.066 };
/** KB of the three lines that Lambda itself writes about an invocation. */
const platformKB = 0.3;

const month = (invocations: number, time: number, gb: number, second: number) => ({
  duration: invocations * time * gb * second,
  requests: invocations * request,
  log: ((invocations * platformKB) / 1e6) * perGB,
});

/** US dollars, in three lines and in all. */
export const meterMonths = [
  { name: 'as it is', lines: month(readings, billedSeconds.one, 1, x86) },
  { name: 'arm64', lines: month(readings, billedSeconds.one, 1, arm) },
  { name: '128 MB', lines: month(readings, billedSeconds.one, 1 / 8, x86) },
  { name: `batches of ${batch}`, lines: month(readings / batch, billedSeconds.batch, 1, x86) },
  { name: 'all three', lines: month(readings / batch, billedSeconds.batch, 1 / 8, arm) },
].map(({ name, lines }) => ({ name, lines, total: lines.duration + lines.requests + lines.log }));
