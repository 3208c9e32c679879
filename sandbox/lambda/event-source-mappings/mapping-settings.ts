/** A mapping's settings: checked against the ranges of its source, with their defaults. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../../services/fact-errors.ts';
import type { StreamStart } from '../../services/stream-reader.ts';
import { isQueue, queueParameters, streamParameters, type SourceKind } from './event-source.ts';
import { compileFilter, type RecordFilter } from './filter-criteria.ts';
import type { CreateEventSourceMappingRequest, FilterCriteria, MappingOptions } from './mapping.types.ts';

/** What a mapping does. Times in seconds; -1 is no limit. */
export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly filterCriteria: FilterCriteria | undefined;
  readonly filter: RecordFilter | undefined;
  readonly maximumConcurrency: number | undefined;
  readonly parallelizationFactor: number;
  readonly bisects: boolean;
  readonly maximumRecordAge: number;
  readonly maximumRetryAttempts: number;
  readonly tumblingWindowSeconds: number;
  readonly onFailure: string | undefined;
}

export interface SettingsContext {
  readonly facts: Facts;
  readonly kind: SourceKind;
}

export function defaultSettings({ facts, kind }: SettingsContext): MappingSettings {
  return {
    enabled: true,
    batchSize: factNumber(facts, isQueue(kind) ? 'sqs-batch-size' : 'stream-batch', 'default'),
    windowSeconds: factNumber(facts, 'esm-batch-window', 'default'),
    reportsItemFailures: false,
    filterCriteria: undefined,
    filter: undefined,
    maximumConcurrency: undefined,
    parallelizationFactor: factNumber(facts, 'stream-parallelization', 'default'),
    bisects: false,
    maximumRecordAge: factNumber(facts, 'stream-retry', 'defaultAgeSeconds'),
    maximumRetryAttempts: factNumber(facts, 'stream-retry', 'defaultRetries'),
    tumblingWindowSeconds: 0,
    onFailure: undefined,
  };
}

/** The settings with the options changed that are given. @throws {ApiError} */
export function changeSettings(
  settings: MappingSettings,
  options: MappingOptions,
  context: SettingsContext,
): MappingSettings {
  checkParameters(options, context);
  const changed: MappingSettings = {
    ...settings,
    ...whenGiven('enabled', options.Enabled),
    ...whenGiven('batchSize', options.BatchSize),
    ...whenGiven('windowSeconds', options.MaximumBatchingWindowInSeconds),
    ...whenGiven('reportsItemFailures', readResponseTypes(options.FunctionResponseTypes, context)),
    ...readFilter(options.FilterCriteria, context),
    ...readScaling(options.ScalingConfig, context),
    ...whenGiven('parallelizationFactor', options.ParallelizationFactor),
    ...whenGiven('bisects', options.BisectBatchOnFunctionError),
    ...whenGiven('maximumRecordAge', options.MaximumRecordAgeInSeconds),
    ...whenGiven('maximumRetryAttempts', options.MaximumRetryAttempts),
    ...whenGiven('tumblingWindowSeconds', options.TumblingWindowInSeconds),
    ...readDestination(options.DestinationConfig, context),
  };
  checkRanges(changed, context);
  return changed;
}

function whenGiven<Key extends keyof MappingSettings>(
  key: Key,
  value: MappingSettings[Key] | undefined,
): Partial<MappingSettings> {
  return value === undefined ? {} : { [key]: value };
}

/** Parameters that sources of this kind do not have. */
function checkParameters(options: MappingOptions, { facts, kind }: SettingsContext): void {
  const foreign: readonly (keyof MappingOptions)[] = isQueue(kind) ? streamParameters : queueParameters;
  const parameter = foreign.find((name) => options[name] !== undefined);
  if (parameter !== undefined) throw factError(facts, 'err-mapping', 'unsupported', { parameter });
}

function checkRanges(settings: MappingSettings, context: SettingsContext): void {
  const { facts, kind } = context;
  const limit = (id: string, path: string): number => factNumber(facts, id, path);
  checkBatch(settings, context);
  if (isQueue(kind)) return;
  const { parallelizationFactor, maximumRecordAge, maximumRetryAttempts, tumblingWindowSeconds } = settings;
  const range = (parameter: string, value: number, min: number, max: number): void =>
    checkRange(facts, parameter, value, min, max);
  range('parallelizationFactor', parallelizationFactor, 1, limit('stream-parallelization', 'max'));
  range('maximumRetryAttempts', maximumRetryAttempts, -1, limit('stream-retry', 'maxRetries'));
  range('tumblingWindowInSeconds', tumblingWindowSeconds, 0, limit('stream-tumbling-window', 'max'));
  range('maximumRecordAgeInSeconds', maximumRecordAge, -1, limit('stream-retry', 'maxAgeSeconds'));
  const minAge = limit('stream-retry', 'minAgeSeconds');
  if (maximumRecordAge !== -1 && maximumRecordAge < minAge) {
    throw invalid(
      facts,
      `MaximumRecordAgeInSeconds must be -1 (no limit) or from ${minAge} seconds on, not ${maximumRecordAge}.`,
    );
  }
  if (tumblingWindowSeconds > 0 && parallelizationFactor > 1) {
    throw invalid(
      facts,
      'TumblingWindowInSeconds and a ParallelizationFactor above 1 do not go together: choose one of them.',
    );
  }
}

/** Batch size and window. Source: Lambda developer guide, parameters of SQS, Kinesis and DynamoDB mappings. */
function checkBatch({ batchSize, windowSeconds }: MappingSettings, { facts, kind }: SettingsContext): void {
  const max = isQueue(kind)
    ? factNumber(facts, 'sqs-batch-size', 'maxStandard')
    : factNumber(facts, 'stream-batch', 'max');
  checkRange(facts, 'batchSize', batchSize, 1, max);
  checkRange(facts, 'maximumBatchingWindowInSeconds', windowSeconds, 0, factNumber(facts, 'esm-batch-window', 'max'));
  if (!isQueue(kind)) return;
  const maxFifo = factNumber(facts, 'sqs-batch-size', 'maxFifo');
  if (kind === 'sqs-fifo' && batchSize > maxFifo) {
    throw invalid(facts, `Batch size must be between 1 and ${maxFifo} for SQS FIFO queues.`);
  }
  if (kind === 'sqs-fifo' && windowSeconds > 0) {
    throw invalid(facts, 'Batching window is not supported for FIFO queues');
  }
  const withoutWindow = factNumber(facts, 'sqs-batch-size', 'withoutWindow');
  if (batchSize > withoutWindow && windowSeconds === 0) {
    throw invalid(
      facts,
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${withoutWindow}`,
    );
  }
}

function checkRange(facts: Facts, parameter: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value)) throw invalid(facts, `The value ${value} at '${parameter}' must be a whole number.`);
  const below = value < min;
  if (!below && value <= max) return;
  const constraint = below ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw factError(facts, 'err-mapping', 'range', { parameter, value, constraint });
}

function readResponseTypes(types: readonly string[] | undefined, { facts }: SettingsContext): boolean | undefined {
  if (types === undefined) return undefined;
  const unknown = types.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined)
    throw invalid(facts, `FunctionResponseTypes holds ReportBatchItemFailures or nothing, not ${unknown}.`);
  return types.length > 0;
}

/** No filters take the criteria away. */
function readFilter(criteria: FilterCriteria | undefined, context: SettingsContext): Partial<MappingSettings> {
  if (criteria === undefined) return {};
  const patterns = (criteria.Filters ?? []).map(({ Pattern }) => Pattern ?? '');
  if (patterns.length === 0) return { filterCriteria: undefined, filter: undefined };
  return {
    filterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) },
    filter: compileFilter(patterns, context.kind, context.facts),
  };
}

function readScaling(scaling: MappingOptions['ScalingConfig'], { facts }: SettingsContext): Partial<MappingSettings> {
  if (scaling === undefined) return {};
  const { MaximumConcurrency: value } = scaling;
  if (value === undefined) return { maximumConcurrency: undefined };
  const [min, max] = [factNumber(facts, 'sqs-max-concurrency', 'min'), factNumber(facts, 'sqs-max-concurrency', 'max')];
  checkRange(facts, 'scalingConfig.maximumConcurrency', value, min, max);
  return { maximumConcurrency: value };
}

function readDestination(
  config: MappingOptions['DestinationConfig'],
  { facts }: SettingsContext,
): Partial<MappingSettings> {
  if (config === undefined) return {};
  const destination = config.OnFailure?.Destination;
  if (destination === undefined || destination === '') return { onFailure: undefined };
  if (!/^arn:aws:(sqs|sns|s3):/.test(destination)) {
    throw invalid(facts, `OnFailure needs the ARN of an SQS queue, an SNS topic or an S3 bucket, not ${destination}.`);
  }
  return { onFailure: destination };
}

const invalid = (facts: Facts, reason: string): Error => factError(facts, 'err-mapping', 'invalid', { reason });

/** Where a mapping of a stream begins. @throws {ApiError} */
export function readStartingPosition(
  { StartingPosition: position, StartingPositionTimestamp: timestamp }: CreateEventSourceMappingRequest,
  { facts, kind }: SettingsContext,
): StreamStart | undefined {
  if (isQueue(kind)) {
    if (position !== undefined) throw factError(facts, 'err-mapping', 'startingPosition');
    return undefined;
  }
  if (position === undefined) {
    throw invalid(
      facts,
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return { type: position };
  if (position !== 'AT_TIMESTAMP' || kind !== 'kinesis') {
    const allowed = kind === 'kinesis' ? 'TRIM_HORIZON, LATEST or AT_TIMESTAMP' : 'TRIM_HORIZON or LATEST';
    throw invalid(facts, `StartingPosition must be ${allowed}, not ${position}.`);
  }
  const time = timestamp === undefined ? NaN : new Date(timestamp).getTime();
  if (Number.isNaN(time))
    throw invalid(facts, 'StartingPositionTimestamp must be given when StartingPosition is AT_TIMESTAMP.');
  return { type: 'AT_TIMESTAMP', timestamp: time };
}
