/** Which kinds of sources there are, and which parameters each of them has. */

export type SourceKind = 'sqs' | 'sqs-fifo' | 'kinesis' | 'dynamodb';

/** Undefined when the ARN is none of a queue or stream. */
export function kindOfSource(arn: string): SourceKind | undefined {
  if (/^arn:aws:sqs:[^:]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn)) return arn.endsWith('.fifo') ? 'sqs-fifo' : 'sqs';
  if (/^arn:aws:kinesis:[^:]+:\d{12}:stream\/[\w.-]+$/.test(arn)) return 'kinesis';
  if (/^arn:aws:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/.+$/.test(arn)) return 'dynamodb';
  return undefined;
}

export const isQueue = (kind: SourceKind): boolean => kind === 'sqs' || kind === 'sqs-fifo';

/** Parameters of streams that a queue does not have, and the other way round. */
export const streamParameters = [
  'ParallelizationFactor',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'TumblingWindowInSeconds',
  'DestinationConfig',
] as const;
export const queueParameters = ['ScalingConfig'] as const;
