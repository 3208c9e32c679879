/** `npm run coverage:topics [-- --unit 3]`: every topic with its points, who teaches and who asks them. Fails when one is missing. */
import { parseArgs } from 'node:util';
import { readCoverage } from './coverage.ts';

const { values } = parseArgs({ options: { unit: { type: 'string', multiple: true, default: [] } } });
const units = values.unit.map(Number);
const { points, mistakes } = await readCoverage(process.cwd());
const wanted = points.filter(({ topic }) => units.length === 0 || units.includes(topic.unit));

const lines: string[] = [];
let before = '';
for (const { topic, point, taught, asked } of wanted) {
  if (topic.id !== before) lines.push('', `${topic.unit} · ${topic.title} (${topic.id})`);
  before = topic.id;
  const state = taught.length === 0 ? 'NOT TAUGHT' : asked.length === 0 ? 'NOT ASKED' : '';
  lines.push(`  ${point}`);
  lines.push(`      ${[state, taught.join(', '), asked.join(', ')].filter(Boolean).join('  ·  ')}`);
}
const untaught = wanted.filter(({ taught }) => taught.length === 0).length;
const unasked = wanted.filter(({ taught, asked }) => taught.length > 0 && asked.length === 0).length;
for (const { file, reason, mend } of mistakes) lines.push('', `${file}: ${reason}`, `    ${mend}`);
lines.push(
  '',
  `${wanted.length} points: ${wanted.length - untaught - unasked} taught and asked, ${unasked} taught but not asked, ${untaught} not taught.`,
);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = untaught + unasked + mistakes.length === 0 ? 0 : 1;
