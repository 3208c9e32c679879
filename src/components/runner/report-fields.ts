/** The REPORT line field by field: each value with a sentence that says what it is and how it came about. Pure. */
import type { InvocationReported } from '../../../sandbox/trace.ts';

export interface ReportField {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** The fields of one REPORT line, in its order. */
export function reportFields(report: InvocationReported): readonly ReportField[] {
  const cold = report.initDurationMs !== undefined;
  const fields: ReportField[] = [
    {
      name: 'RequestId',
      value: report.requestId,
      meaning: 'Names this request; every line it writes carries it, and retries keep it.',
    },
    {
      name: 'Duration',
      value: `${report.durationMs.toFixed(2)} ms`,
      meaning: 'From the moment the event was handed to your handler until the invocation was over.',
    },
    {
      name: 'Billed Duration',
      value: `${report.billedDurationMs} ms`,
      meaning: cold
        ? 'What the bill multiplies: Init Duration plus Duration, rounded up to a whole millisecond.'
        : 'What the bill multiplies: Duration, rounded up to a whole millisecond. There was no init.',
    },
    {
      name: 'Memory Size',
      value: `${report.memorySizeMB} MB`,
      meaning: 'What you configured. It sets the price of a second and the share of CPU, used or not.',
    },
    {
      name: 'Max Memory Used',
      value: `${report.maxMemoryUsedMB} MB`,
      meaning: 'The most this environment has used so far, over all its invocations, the Node.js runtime included.',
    },
  ];
  if (report.initDurationMs !== undefined) {
    fields.push({
      name: 'Init Duration',
      value: `${report.initDurationMs.toFixed(2)} ms`,
      meaning:
        'Starting the runtime and running the code outside the handler. Only the first REPORT of an environment has it.',
    });
  }
  if (report.status) {
    const meaning =
      report.status === 'timeout'
        ? 'The configured timeout was reached; Lambda stopped the process.'
        : 'The platform ended the invocation: the process failed or exited.';
    fields.push({ name: 'Status', value: report.status, meaning });
  }
  if (report.errorType) {
    fields.push({ name: 'Error Type', value: report.errorType, meaning: 'What kind of failure the platform saw.' });
  }
  return fields;
}
