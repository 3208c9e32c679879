/** A log group as it is searched: the newest lines that fit a filter pattern. */
import type { Account } from '../../account.ts';
import { asError } from '../../kernel/pump.ts';
import type { LabQuestion, LogView } from '../lab.types.ts';
import { read } from './read.ts';

export function logView(
  account: Account,
  { logGroupName, filterPattern, most }: Extract<LabQuestion, { about: 'logs' }>,
): LogView {
  try {
    const lines: { time: number; stream: string; text: string }[] = [];
    let count = 0;
    let nextToken: string | undefined;
    do {
      const page = read<{
        events: readonly { logStreamName: string; timestamp: number; message: string }[];
        nextToken?: string;
      }>(account, 'cloudwatch-logs', 'FilterLogEvents', {
        logGroupName,
        filterPattern,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      count += page.events.length;
      for (const { timestamp, logStreamName, message } of page.events.slice(-most)) {
        lines.push({ time: timestamp, stream: logStreamName, text: message });
      }
      lines.splice(0, Math.max(0, lines.length - most));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return { lines, count };
  } catch (error) {
    const { name, message } = asError(error);
    // A function that has not run has no log group.
    return name === 'ResourceNotFoundException' ? { lines: [], count: 0 } : { lines: [], count: 0, mistake: message };
  }
}
