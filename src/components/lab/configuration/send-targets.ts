/** Where events that failed or succeeded can be sent: what the account has. */
import type { AccountView } from '../../../../sandbox/lab/lab.types.ts';

export interface SendTarget {
  readonly arn: string;
  readonly label: string;
}

export function sendTargets(
  account: AccountView | null,
  kinds: readonly ('queue' | 'topic' | 'function' | 'bucket')[],
): readonly SendTarget[] {
  const all = {
    queue: account?.queues ?? [],
    topic: account?.topics ?? [],
    function: account?.functions ?? [],
    bucket: account?.buckets.map(({ name }) => ({ name, arn: `arn:aws:s3:::${name}` })) ?? [],
  };
  return kinds.flatMap((kind) => all[kind].map(({ name, arn }) => ({ arn, label: `${kind} ${name}` })));
}
