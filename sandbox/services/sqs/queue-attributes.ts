/** A queue's attributes: texts in the API, checked here, numbers inside. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { PolicyDocument } from '../service.ts';

/** What a queue is set to. Times in seconds. */
export interface QueueSettings {
  readonly DelaySeconds: number;
  readonly MaximumMessageSize: number;
  readonly MessageRetentionPeriod: number;
  readonly ReceiveMessageWaitTimeSeconds: number;
  readonly VisibilityTimeout: number;
  readonly FifoQueue: boolean;
  readonly ContentBasedDeduplication: boolean;
  readonly DeduplicationScope: 'queue' | 'messageGroup';
  readonly FifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
  readonly SqsManagedSseEnabled: boolean;
  readonly redrive: RedrivePolicy | undefined;
  readonly redriveAllow: RedriveAllowPolicy | undefined;
  readonly policy: { readonly text: string; readonly document: PolicyDocument } | undefined;
}

/** Where a message goes that was received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Whose dead-letter queue a queue may be. */
export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

const numeric = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
] as const;

export function defaultSettings(facts: Facts, isFifo: boolean): QueueSettings {
  const ofFact = (name: string): number => factNumber(facts, 'sqs-queue-attributes', `${name}.default`);
  return {
    DelaySeconds: ofFact('DelaySeconds'),
    MaximumMessageSize: ofFact('MaximumMessageSize'),
    MessageRetentionPeriod: ofFact('MessageRetentionPeriod'),
    ReceiveMessageWaitTimeSeconds: ofFact('ReceiveMessageWaitTimeSeconds'),
    VisibilityTimeout: ofFact('VisibilityTimeout'),
    FifoQueue: isFifo,
    ContentBasedDeduplication: false,
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
    SqsManagedSseEnabled: true,
    redrive: undefined,
    redriveAllow: undefined,
    policy: undefined,
  };
}

export interface AttributeContext {
  readonly facts: Facts;
  /** Whether there is a queue with that ARN, and whether it is a FIFO queue. */
  readonly findQueue: (
    arn: string,
  ) => { readonly isFifo: boolean; readonly allow: RedriveAllowPolicy | undefined } | undefined;
  /** Reads a queue policy. @throws {Error} that says what is wrong with it */
  readonly parsePolicy: (text: string) => PolicyDocument;
  readonly queueArn: string;
}

/** The settings with the attributes changed. An empty text takes a policy away. @throws {ApiError} */
export function changeSettings(
  settings: QueueSettings,
  attributes: Readonly<Record<string, string>>,
  context: AttributeContext,
): QueueSettings {
  let changed = settings;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === settingTexts(changed)[name]) continue;
    changed = { ...changed, ...readAttribute(name, value, changed, context) };
  }
  return changed;
}

function readAttribute(
  name: string,
  value: string,
  { FifoQueue: isFifo }: QueueSettings,
  context: AttributeContext,
): Partial<QueueSettings> {
  const { facts } = context;
  const invalid = () => factError(facts, 'err-sqs', 'invalidAttributeValue', { attribute: name });
  const oneOf = (values: readonly string[]): string => {
    if (!values.includes(value)) throw invalid();
    return value;
  };
  if ((numeric as readonly string[]).includes(name)) return { [name]: readNumber(facts, name, value) };
  switch (name) {
    case 'SqsManagedSseEnabled':
      return { SqsManagedSseEnabled: oneOf(['true', 'false']) === 'true' };
    case 'ContentBasedDeduplication':
      if (!isFifo) throw unknownAttribute(facts, name);
      return { ContentBasedDeduplication: oneOf(['true', 'false']) === 'true' };
    case 'DeduplicationScope':
      if (!isFifo) throw unknownAttribute(facts, name);
      return { DeduplicationScope: oneOf(['queue', 'messageGroup']) as QueueSettings['DeduplicationScope'] };
    case 'FifoThroughputLimit':
      if (!isFifo) throw unknownAttribute(facts, name);
      return { FifoThroughputLimit: oneOf(['perQueue', 'perMessageGroupId']) as QueueSettings['FifoThroughputLimit'] };
    case 'RedrivePolicy':
      return readRedrive(value, isFifo, context);
    case 'RedriveAllowPolicy':
      return readRedriveAllow(value, context);
    case 'Policy':
      return readPolicy(value, context);
    default:
      // Whether a queue is FIFO is decided when it is created, by its name.
      throw unknownAttribute(facts, name);
  }
}

const unknownAttribute = (facts: Facts, attribute: string) =>
  factError(facts, 'err-sqs', 'invalidAttributeName', { attribute });

function readNumber(facts: Facts, name: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  const min = factNumber(facts, 'sqs-queue-attributes', `${name}.min`);
  const max = factNumber(facts, 'sqs-queue-attributes', `${name}.max`);
  if (!(value >= min && value <= max)) {
    throw factError(facts, 'err-sqs', 'invalidAttributeValue', {
      attribute: `${name}: ${text} is not from ${min} to ${max}`,
    });
  }
  return value;
}

function readRedrive(
  text: string,
  isFifo: boolean,
  { facts, findQueue, queueArn }: AttributeContext,
): Partial<QueueSettings> {
  if (text === '') return { redrive: undefined };
  const refuse = (reason: string) =>
    factError(facts, 'err-sqs', 'invalidValue', { value: text, parameter: 'RedrivePolicy', reason });
  const policy = parseObject(text);
  const arn = policy?.deadLetterTargetArn;
  const count = Number(policy?.maxReceiveCount);
  if (policy === undefined) throw refuse('Redrive policy is not a valid JSON map.');
  if (typeof arn !== 'string')
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (policy.maxReceiveCount === undefined)
    throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  const { min, max } = {
    min: factNumber(facts, 'sqs-max-receive-count', 'min'),
    max: factNumber(facts, 'sqs-max-receive-count', 'max'),
  };
  if (!Number.isInteger(count) || count < min || count > max) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${JSON.stringify(policy.maxReceiveCount)}, valid values are from ${min} to ${max} both inclusive.`,
    );
  }
  const target = findQueue(arn);
  if (target === undefined) throw refuse('Dead letter target does not exist.');
  if (target.isFifo !== isFifo) throw refuse(`Dead-letter queue must be same type of queue as the source.`);
  if (!allows(target.allow, queueArn))
    throw refuse('Queue does not have permission to use the dead letter queue as redrive target.');
  return { redrive: { deadLetterTargetArn: arn, maxReceiveCount: count } };
}

/** Whether a queue may be the dead-letter queue of the other one. */
export function allows(allow: RedriveAllowPolicy | undefined, sourceArn: string): boolean {
  if (allow === undefined || allow.redrivePermission === 'allowAll') return true;
  return allow.redrivePermission === 'byQueue' && allow.sourceQueueArns.includes(sourceArn);
}

function readRedriveAllow(text: string, { facts }: AttributeContext): Partial<QueueSettings> {
  if (text === '') return { redriveAllow: undefined };
  const refuse = (reason: string) =>
    factError(facts, 'err-sqs', 'invalidValue', { value: text, parameter: 'RedriveAllowPolicy', reason });
  const policy = parseObject(text);
  const permission = policy?.redrivePermission;
  const arns: unknown = policy?.sourceQueueArns ?? [];
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') {
    throw refuse('redrivePermission must be allowAll, denyAll or byQueue.');
  }
  if (!Array.isArray(arns) || !arns.every((arn) => typeof arn === 'string'))
    throw refuse('sourceQueueArns must be a list of ARNs.');
  if ((permission === 'byQueue') !== arns.length > 0)
    throw refuse('sourceQueueArns goes with byQueue, from 1 to 10 of them.');
  return { redriveAllow: { redrivePermission: permission, sourceQueueArns: arns } };
}

function readPolicy(text: string, { facts, parsePolicy }: AttributeContext): Partial<QueueSettings> {
  if (text === '') return { policy: undefined };
  try {
    return { policy: { text, document: parsePolicy(text) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw factError(facts, 'err-sqs', 'invalidAttributeValue', { attribute: `Policy: ${reason}` });
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** The settings as GetQueueAttributes tells them; what only FIFO queues have is not there for others. */
export function settingTexts(settings: QueueSettings): Readonly<Record<string, string | undefined>> {
  const { redrive, redriveAllow, policy, FifoQueue: isFifo } = settings;
  return {
    VisibilityTimeout: String(settings.VisibilityTimeout),
    MaximumMessageSize: String(settings.MaximumMessageSize),
    MessageRetentionPeriod: String(settings.MessageRetentionPeriod),
    DelaySeconds: String(settings.DelaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.ReceiveMessageWaitTimeSeconds),
    SqsManagedSseEnabled: String(settings.SqsManagedSseEnabled),
    Policy: policy?.text,
    RedrivePolicy: redrive === undefined ? undefined : JSON.stringify(redrive),
    RedriveAllowPolicy: redriveAllow === undefined ? undefined : JSON.stringify(redriveAllow),
    ...(isFifo
      ? {
          FifoQueue: 'true',
          ContentBasedDeduplication: String(settings.ContentBasedDeduplication),
          DeduplicationScope: settings.DeduplicationScope,
          FifoThroughputLimit: settings.FifoThroughputLimit,
        }
      : {}),
  };
}
