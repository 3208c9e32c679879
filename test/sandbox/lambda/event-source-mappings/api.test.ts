/** The event source mapping API: what it shows, lists and refuses. */
import { describe, expect, test } from 'vitest';
import type { CreateEventSourceMappingRequest } from '../../../../sandbox/lambda/event-source-mappings/mapping.types.ts';
import { call, refusal } from '../../services/host.ts';
import { begin, queueArn, streamArn } from './story.ts';

const streamOptions = { EventSourceArn: streamArn, StartingPosition: 'LATEST' };

test('a mapping of a queue shows its settings', () => {
  const { createQueue, mappings, host } = begin();
  createQueue();
  const created = mappings.create({
    EventSourceArn: queueArn(),
    FunctionName: 'worker',
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 10 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
  });
  const { UUID } = created;
  expect(UUID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(created).toEqual({
    UUID,
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${UUID}`,
    EventSourceArn: queueArn(),
    FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:worker',
    State: 'Creating',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date('2026-01-05T09:00:00Z'),
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 10 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
  });
  host.clock.advance({ seconds: 10 });
  expect(mappings.get({ UUID }).State).toBe('Enabled');
});

test('a mapping of a stream shows its settings, and what came of it last', () => {
  const { createStream, map, mappings, put, seconds, answer } = begin();
  createStream();
  const created = map(streamOptions);
  expect(created).toMatchObject({
    State: 'Enabled',
    LastProcessingResult: 'No records processed',
    StartingPosition: 'LATEST',
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: false,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: {} },
  });
  const result = (): string | undefined => mappings.get(created).LastProcessingResult;
  put(['a', '1']);
  answer(() => ({ error: true }));
  seconds(1);
  expect(result()).toBe('PROBLEM: Function call failed');
  answer(() => ({}));
  seconds(60);
  expect(result()).toBe('OK');
});

test('mappings are listed by source and function', () => {
  const { createQueue, createStream, map, mappings } = begin();
  createQueue();
  createStream();
  const first = map({});
  const second = map(streamOptions);
  const ids = (request: Parameters<typeof mappings.list>[0]): string[] =>
    mappings.list(request).EventSourceMappings.map(({ UUID }) => UUID);
  expect(ids({})).toEqual([first.UUID, second.UUID]);
  expect(ids({ EventSourceArn: streamArn })).toEqual([second.UUID]);
  expect(ids({ FunctionName: 'worker' })).toEqual([first.UUID, second.UUID]);
  const page = mappings.list({ MaxItems: 1 });
  expect(page).toMatchObject({ NextMarker: first.UUID });
  expect(ids({ Marker: first.UUID })).toEqual([second.UUID]);
});

test('a mapping that is being changed is in use', () => {
  const { createQueue, mappings } = begin();
  createQueue();
  const { UUID } = mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker' });
  expect(refusal(() => mappings.update({ UUID, BatchSize: 5 }))).toBe(
    'ResourceInUseException: Cannot update the event source mapping because it is in use.',
  );
  expect(refusal(() => mappings.delete({ UUID }))).toContain('ResourceInUseException');
});

test('an update keeps what it does not name, and can take filters away', () => {
  const { createQueue, map, mappings } = begin();
  createQueue();
  const { UUID } = map({ BatchSize: 5, FilterCriteria: { Filters: [{ Pattern: '{"body":["a"]}' }] } });
  const updated = mappings.update({ UUID, FilterCriteria: { Filters: [] } });
  expect(updated).toMatchObject({ BatchSize: 5, State: 'Updating' });
  expect(updated.FilterCriteria).toBeUndefined();
});

describe('refuses', () => {
  const cases: [string, Partial<CreateEventSourceMappingRequest>, string][] = [
    [
      'a source of another kind',
      { EventSourceArn: 'arn:aws:s3:::bucket' },
      'InvalidParameterValueException: Unrecognized event source, must be kinesis, dynamodb stream or sqs.',
    ],
    ['an unknown function', { FunctionName: 'other' }, 'ResourceNotFoundException: Function not found: other'],
    [
      'an unknown queue',
      { EventSourceArn: queueArn('other') },
      'InvalidParameterValueException: Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue.',
    ],
    [
      'an unknown stream',
      { ...streamOptions, EventSourceArn: `${streamArn}2` },
      `InvalidParameterValueException: Stream not found: ${streamArn}2`,
    ],
    [
      'batches above 10 without a window',
      { BatchSize: 11 },
      'InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      'batches above 10,000',
      { BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1 },
      "ValidationException: 1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'batches of none',
      { BatchSize: 0 },
      "Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'a window above 300 seconds',
      { MaximumBatchingWindowInSeconds: 301 },
      "Value '301' at 'maximumBatchingWindowInSeconds'",
    ],
    [
      'FIFO batches above 10',
      { EventSourceArn: queueArn('orders.fifo'), BatchSize: 11 },
      'Batch size must be between 1 and 10 for SQS FIFO queues.',
    ],
    [
      'a window of a FIFO queue',
      { EventSourceArn: queueArn('orders.fifo'), MaximumBatchingWindowInSeconds: 1 },
      'Batching window is not supported for FIFO queues',
    ],
    [
      'a starting position of a queue',
      { StartingPosition: 'LATEST' },
      'InvalidParameterValueException: StartingPosition is not valid for SQS event sources.',
    ],
    [
      'a parameter of streams for a queue',
      { BisectBatchOnFunctionError: true },
      'InvalidParameterValueException: Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.',
    ],
    [
      'a parameter of queues for a stream',
      { ...streamOptions, ScalingConfig: { MaximumConcurrency: 2 } },
      'Unsupported ScalingConfig parameter for given event source mapping type.',
    ],
    [
      'a concurrency below 2',
      { ScalingConfig: { MaximumConcurrency: 1 } },
      "Value '1' at 'scalingConfig.maximumConcurrency'",
    ],
    [
      'a stream without a starting position',
      { EventSourceArn: streamArn },
      "Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      'a starting time without one',
      { ...streamOptions, StartingPosition: 'AT_TIMESTAMP' },
      'StartingPositionTimestamp must be given when StartingPosition is AT_TIMESTAMP.',
    ],
    ['too many lanes', { ...streamOptions, ParallelizationFactor: 11 }, "Value '11' at 'parallelizationFactor'"],
    [
      'an age below a minute',
      { ...streamOptions, MaximumRecordAgeInSeconds: 59 },
      'MaximumRecordAgeInSeconds must be -1 (no limit) or from 60 seconds on, not 59.',
    ],
    [
      'windows with lanes',
      { ...streamOptions, TumblingWindowInSeconds: 10, ParallelizationFactor: 2 },
      'TumblingWindowInSeconds and a ParallelizationFactor above 1 do not go together',
    ],
    [
      'a filter that is no pattern',
      { FilterCriteria: { Filters: [{ Pattern: '{"body":"a"}' }] } },
      'InvalidParameterValueException: Invalid filter pattern definition.',
    ],
    [
      'a filter on the text of a Kinesis record',
      { ...streamOptions, FilterCriteria: { Filters: [{ Pattern: '{"data":["a"]}' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'six filters',
      { FilterCriteria: { Filters: Array.from({ length: 6 }, () => ({ Pattern: '{"body":["a"]}' })) } },
      'A mapping takes at most 5 filters, not 6.',
    ],
    [
      'another response type',
      { FunctionResponseTypes: ['Report'] },
      'FunctionResponseTypes holds ReportBatchItemFailures or nothing, not Report.',
    ],
    [
      'another destination',
      {
        ...streamOptions,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:lambda:us-east-1:123456789012:function:other' } },
      },
      'OnFailure needs the ARN of an SQS queue, an SNS topic or an S3 bucket',
    ],
  ];
  test.each(cases)('%s', (_, request, message) => {
    const { createQueue, createStream, mappings } = begin();
    createQueue();
    createQueue('orders.fifo');
    createStream();
    expect(
      refusal(() => mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker', ...request })),
    ).toContain(message);
  });

  test("a queue whose visibility timeout is shorter than the function's timeout", () => {
    const { createQueue, mappings, mapped } = begin();
    createQueue();
    mapped.timeoutSeconds = 60;
    expect(refusal(() => mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker' }))).toBe(
      'InvalidParameterValueException: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    );
  });

  test('a role that may not read', () => {
    const { createQueue, createStream, mappings, denied } = begin();
    createQueue();
    createStream();
    denied.add('sqs:DeleteMessage');
    denied.add('kinesis:GetRecords');
    expect(refusal(() => mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker' }))).toBe(
      'InvalidParameterValueException: The function execution role does not have permissions to call DeleteMessage on SQS',
    );
    expect(refusal(() => mappings.create({ ...streamOptions, FunctionName: 'worker' }))).toBe(
      `InvalidParameterValueException: Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListShards Actions on your stream in IAM.`,
    );
  });

  test('the same mapping again', () => {
    const { createQueue, map, mappings } = begin();
    createQueue();
    const { UUID } = map({});
    expect(refusal(() => mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker' }))).toBe(
      `ResourceConflictException: An event source mapping with SQS arn (" ${queueArn()} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    );
  });
});

test("clients of Lambda's API find the operations", () => {
  const { createQueue, mappings } = begin();
  createQueue();
  const { CreateEventSourceMapping, GetEventSourceMapping } = mappings.operations;
  const { UUID } = call(CreateEventSourceMapping, { EventSourceArn: queueArn(), FunctionName: 'worker' });
  expect(call(GetEventSourceMapping, { UUID }).State).toBe('Creating');
  expect(GetEventSourceMapping.action).toBe('lambda:GetEventSourceMapping');
  expect(GetEventSourceMapping.resources({ UUID })).toEqual([
    `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${UUID}`,
  ]);
});
