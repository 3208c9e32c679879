/** The money curve of the part of a trace that is shown: it ends at the whole bill. Pure. */
import type { Fact } from '../../../sandbox/facts.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import type { MoneyPoint } from '../timeline/money.ts';
import { readMoney } from '../runner/trace-readers.ts';

/** `total` in US dollars, also of what is not in the trace any more. */
export function moneyOf(trace: readonly TraceEvent[], prices: readonly Fact[], total: number): readonly MoneyPoint[] {
  const points = readMoney(trace, prices, false);
  const before = Math.max(0, total - (points.at(-1)?.amount ?? 0));
  if (before < 1e-12) return points;
  const first = trace[0]?.time ?? 0;
  return [{ time: first, amount: before }, ...points.map((point) => ({ ...point, amount: point.amount + before }))];
}
