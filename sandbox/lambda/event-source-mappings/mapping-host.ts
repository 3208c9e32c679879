/** What event source mappings need of the rest of the account. */
import type { Facts } from '../../facts.ts';
import type { VirtualClock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import type { Deliveries, FunctionInvoker, Permissions } from '../../services/service.ts';
import type { Queue } from '../../services/sqs/queue.ts';
import type { StoredMessage } from '../../services/sqs/message.ts';
import type { StreamReader } from '../../services/stream-reader.ts';
import type { TraceWriter } from '../trace-writer.ts';

/** A function, version or alias that a mapping invokes. */
export interface MappedFunction {
  readonly name: string;
  /** With the qualifier, if it was named with one. */
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly roleArn: string;
}

export interface MappingHost {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly facts: Facts;
  readonly location: { readonly region: string; readonly accountId: string };
  readonly trace: TraceWriter;
  /**
   * The function that a name or ARN means.
   * @throws {Error} ResourceNotFoundException as Lambda has it
   */
  readonly findFunction: (nameOrArn: string) => MappedFunction;
  readonly invoker: Pick<FunctionInvoker, 'invokeSync'>;
  readonly permissions: Pick<Permissions, 'allows'>;
  readonly deliveries: Deliveries;
  /** SQS, as far as mappings read it. */
  readonly queues: { queue(arn: string): Queue | undefined; newHandle(message: StoredMessage): string };
  /** Kinesis and DynamoDB streams by ARN. */
  readonly streamReader: (arn: string) => StreamReader | undefined;
}
