import { ask } from './suppliers.mjs';

const limit = (ms) => new Promise((resolve) => setTimeout(resolve, ms, undefined));

async function piecesOf(supplier, remaining) {
  const answer = await Promise.race([ask(supplier), limit(remaining)]);
  if (answer === undefined) console.log(JSON.stringify({ level: 'warn', message: `no answer from ${supplier}` }));
  return [supplier, answer?.pieces ?? null];
}

export const handler = async ({ suppliers }, context) => {
  const remaining = context.getRemainingTimeInMillis() - 500;
  const entries = await Promise.all(suppliers.map((supplier) => piecesOf(supplier, remaining)));
  if (!entries.some(([, pieces]) => pieces !== null)) throw new Error(`none of ${suppliers.join(', ')} answers`);
  return Object.fromEntries(entries);
};
