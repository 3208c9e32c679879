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

/** Lets the role of `hello` send to everything; it takes a moment of virtual time. */
export async function allowSending({ iam }: Account): Promise<void> {
  const Action = ['sqs:SendMessage', 'sns:Publish', 'events:PutEvents', 's3:PutObject', 'lambda:InvokeFunction'];
  await iam.putRolePolicy({
    RoleName: 'hello-role',
    PolicyName: 'sending',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }),
  });
}

/** The same, and a dead-letter queue. */
export async function withDeadLetterQueue(account: Account, TargetArn: string): Promise<void> {
  await allowSending(account);
  await account.lambda.updateFunctionConfiguration({ FunctionName: 'hello', DeadLetterConfig: { TargetArn } });
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
