/** Neighbours of Lambda that keep what is delivered to them. */
import type { Account } from '../../../sandbox/account.ts';
import { ApiError, type Caller, type DeliveryAttributes } from '../../../sandbox/services/service.ts';

export interface Delivered {
  readonly targetArn: string;
  readonly body: string;
  readonly caller: Caller;
  readonly attributes: DeliveryAttributes | undefined;
  /** Virtual ms since the epoch. */
  readonly at: number;
}

/** Connects the account to neighbours; a target whose ARN ends in `missing` does not exist. */
export function keepDeliveries({ lambda, clock }: Account): Delivered[] {
  const delivered: Delivered[] = [];
  lambda.connect({
    deliveries: {
      deliver: (targetArn, body, caller, attributes) => {
        if (targetArn.endsWith('missing')) throw new ApiError('QueueDoesNotExist', 400, 'The queue does not exist.');
        delivered.push({ targetArn, body, caller, attributes, at: clock.now });
      },
    },
  });
  return delivered;
}
