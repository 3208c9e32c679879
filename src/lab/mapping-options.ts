/** What can be set of an event source mapping, as a form holds it and as the API takes it. Pure. */
import type {
  EventSourceMappingConfiguration,
  MappingOptions,
} from '../../sandbox/lambda/event-source-mappings/mapping.types.ts';

export type SourceKind = 'queue' | 'stream';

/** Texts of fields, where nothing typed is the default or no limit. */
export interface MappingFields {
  readonly batchSize: string;
  readonly window: string;
  /** Event patterns, one a line. */
  readonly filters: string;
  readonly reportsFailures: boolean;
  /** Of queues. */
  readonly maximumConcurrency: string;
  /** From here on of streams. */
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly retries: string;
  readonly maximumAge: string;
  readonly bisects: boolean;
  readonly factor: string;
  readonly tumblingWindow: string;
  /** ARN; empty is nowhere. */
  readonly onFailure: string;
}

export const newMapping: MappingFields = {
  batchSize: '',
  window: '',
  filters: '',
  reportsFailures: false,
  maximumConcurrency: '',
  startingPosition: 'TRIM_HORIZON',
  retries: '',
  maximumAge: '',
  bisects: false,
  factor: '',
  tumblingWindow: '',
  onFailure: '',
};

export const kindOfSource = (arn: string): SourceKind => (arn.startsWith('arn:aws:sqs:') ? 'queue' : 'stream');

/** A mapping that exists, in fields. */
export function fieldsOf(configuration: EventSourceMappingConfiguration): MappingFields {
  const limit = (value: number | undefined): string => (value === undefined || value === -1 ? '' : String(value));
  const { StartingPosition: position } = configuration;
  return {
    batchSize: String(configuration.BatchSize),
    window: String(configuration.MaximumBatchingWindowInSeconds),
    filters: (configuration.FilterCriteria?.Filters ?? []).map(({ Pattern = '' }) => Pattern).join('\n'),
    reportsFailures: configuration.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    maximumConcurrency: limit(configuration.ScalingConfig?.MaximumConcurrency),
    startingPosition: position === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    retries: limit(configuration.MaximumRetryAttempts),
    maximumAge: limit(configuration.MaximumRecordAgeInSeconds),
    bisects: configuration.BisectBatchOnFunctionError ?? false,
    factor: limit(configuration.ParallelizationFactor),
    tumblingWindow: limit(configuration.TumblingWindowInSeconds),
    onFailure: configuration.DestinationConfig?.OnFailure?.Destination ?? '',
  };
}

const filtersOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is wrong with the patterns as text; the API says what is wrong with them as patterns. */
export function filterMistake(text: string): string | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      JSON.parse(line);
    } catch {
      return `Line ${index + 1} is not JSON. A pattern stands on one line, like {"body":{"kind":["order"]}}.`;
    }
  }
  return undefined;
}

/** The options that the API takes for a source of that kind; what is not set is told so that a change takes it away. */
export function optionsOf(fields: MappingFields, kind: SourceKind): MappingOptions {
  const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
  const given = <Key extends keyof MappingOptions>(key: Key, value: MappingOptions[Key]): MappingOptions =>
    value === undefined ? {} : { [key]: value };
  const filters = filtersOf(fields.filters);
  const concurrency = number(fields.maximumConcurrency);
  return {
    ...given('BatchSize', number(fields.batchSize)),
    ...given('MaximumBatchingWindowInSeconds', number(fields.window)),
    FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) },
    FunctionResponseTypes: fields.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(kind === 'queue'
      ? { ScalingConfig: concurrency === undefined ? {} : { MaximumConcurrency: concurrency } }
      : {
          MaximumRetryAttempts: number(fields.retries) ?? -1,
          MaximumRecordAgeInSeconds: number(fields.maximumAge) ?? -1,
          BisectBatchOnFunctionError: fields.bisects,
          ...given('ParallelizationFactor', number(fields.factor)),
          ...given('TumblingWindowInSeconds', number(fields.tumblingWindow)),
          DestinationConfig: { OnFailure: fields.onFailure === '' ? {} : { Destination: fields.onFailure } },
        }),
  };
}

/** The same without what a new mapping has anyway: a shorter command. */
export function newOptionsOf(fields: MappingFields, kind: SourceKind): MappingOptions {
  const usual = optionsOf(newMapping, kind);
  const set = Object.entries(optionsOf(fields, kind)).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key as keyof MappingOptions]),
  );
  return Object.fromEntries(set);
}
