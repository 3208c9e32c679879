/** A run as a person reads it in a terminal. */
import type { Bill } from '../billing/bill.ts';
import { decimal } from '../billing/numbers.ts';
import { logStreams } from '../lambda/log-lines.ts';
import type { InvocationReported, TraceEvent } from '../trace.ts';
import type { SessionInvocation } from '../worker/session.types.ts';

export interface Run {
  readonly name: string;
  readonly trace: readonly TraceEvent[];
  readonly invocations: readonly SessionInvocation[];
  readonly bill: Bill;
}

interface Output {
  write(text: string): unknown;
}

/** Logs by stream, then each result with its numbers in words, then the bill. */
export function printHuman(run: Run, output: Output): void {
  const print = (line = ''): unknown => output.write(`${line}\n`);
  for (const { logStreamName, lines } of logStreams(run.trace)) {
    print(`── ${logStreamName}`);
    for (const { text } of lines) print(text);
    print();
  }
  run.invocations.forEach((invocation, index) => {
    print(`${index + 1}. ${outcome(invocation)}`);
    print(`   ${invocation.payload}`);
    const report = run.trace.find((event) => isReportOf(event, invocation.requestId));
    if (report?.type === 'invocationReported') print(`   ${explain(report, run.trace)}`);
  });
  print();
  printBill(run.bill, print);
}

const isReportOf = (event: TraceEvent, requestId: string): boolean =>
  event.type === 'invocationReported' && event.requestId === requestId;

function outcome({ statusCode, functionError }: SessionInvocation): string {
  if (statusCode === 429) return 'throttled';
  return functionError === undefined ? 'result' : `function error (${functionError})`;
}

/** The REPORT line in words. */
function explain(report: InvocationReported, trace: readonly TraceEvent[]): string {
  const placed = trace.find((event) => event.type === 'requestPlaced' && event.requestId === report.requestId);
  const start = placed?.type === 'requestPlaced' ? `${placed.start} start` : 'start';
  const init = report.initDurationMs === undefined ? '' : `${report.initDurationMs.toFixed(2)} ms init + `;
  const status = report.status === undefined ? '' : `; the platform ended it: ${report.errorType ?? report.status}`;
  return (
    `${start}: ${init}${report.durationMs.toFixed(2)} ms handler → billed ${report.billedDurationMs} ms; ` +
    `used ${report.maxMemoryUsedMB} of ${report.memorySizeMB} MB${status}`
  );
}

function printBill({ lines, total, freeTier }: Bill, print: (line?: string) => unknown): void {
  const rows = [
    ...lines.map(({ label, formula, amount }) => [label, formula, dollars(amount)] as const),
    ['total', freeTier ? 'after the free tier' : 'without the free tier', dollars(total)] as const,
  ];
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  for (const [label, formula, amount] of rows) {
    print(`${label.padEnd(width(0))}  ${formula.padEnd(width(1))}  ${amount.padStart(width(2))}`);
  }
}

const dollars = (amount: number): string => `$${decimal(amount, 10)}`;
