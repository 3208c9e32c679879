/** Runs one conformance case in the sandbox: a function, its invocations, and what each must give. */
import { createAccount } from '../../../sandbox/account.ts';
import type { InvocationTrace, SynchronousInvokeResponse } from '../../../sandbox/lambda/api.types.ts';
import { type Json, matches } from './matcher.ts';

export interface ConformanceCase {
  readonly id: string;
  /** The clause of the specification that it shows, such as `R6`. */
  readonly clause: string;
  /** The clause in a few words. */
  readonly why: string;
  readonly runtime: string;
  readonly config: {
    /** MB. */
    readonly memory?: number;
    /** Seconds. */
    readonly timeout?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly handler?: string;
    readonly architecture?: 'x86_64' | 'arm64';
    readonly logFormat?: 'Text' | 'JSON';
    readonly logLevel?: string;
    readonly systemLogLevel?: string;
    readonly tracing?: 'PassThrough' | 'Active';
    /** MB of /tmp. */
    readonly ephemeralStorage?: number;
  };
  readonly files: Readonly<Record<string, string>>;
  readonly invocations: readonly CaseInvocation[];
  readonly note?: string;
}

export interface CaseInvocation {
  readonly event?: Json;
  /** Idle virtual ms before the request. */
  readonly gapMs?: number;
  readonly clientContext?: Json;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly outcome?: 'ok' | 'error';
  /** The answer as JSON, and as text for what is not JSON. */
  readonly payload?: Json;
  readonly payloadText?: Json;
  /** In order; each a part of, or a matcher for, one log event. */
  readonly logs?: readonly Json[];
  /** None of the log events. */
  readonly notLogs?: readonly Json[];
  readonly coldStart?: boolean;
  /** From and to, both included. */
  readonly durationMs?: readonly [number, number];
  readonly report?: {
    readonly initDuration?: boolean;
    readonly status?: Json;
    readonly errorType?: Json;
    /** What billedMs is the ceiling of. */
    readonly billed?: 'duration' | 'init+duration';
    readonly billedMs?: readonly [number, number];
    /** True when there must be one. */
    readonly maxMemory?: boolean | readonly [number, number];
  };
}

/** All cases of a file of this form. */
export interface CaseFile {
  readonly cases: readonly ConformanceCase[];
}

/** Puts the request's id where a case names it. */
function withRequestId(expected: Expectation, requestId: string): Expectation {
  return JSON.parse(JSON.stringify(expected).replaceAll('{{requestId}}', requestId)) as Expectation;
}

const within = ([low, high]: readonly [number, number], value: number): boolean => value >= low && value <= high;

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const matchesLog = (expected: Json, log: string): boolean =>
  typeof expected === 'string' ? log.includes(expected) : matches(expected, log);

/** The first expected log event that does not follow, or undefined. */
function missingLog(expected: readonly Json[], logs: readonly string[]): Json | undefined {
  let from = 0;
  for (const one of expected) {
    const at = logs.findIndex((log, index) => index >= from && matchesLog(one, log));
    if (at === -1) return one;
    from = at + 1;
  }
  return undefined;
}

function reportMistakes(expected: NonNullable<Expectation['report']>, trace: InvocationTrace): string[] {
  const mistakes: string[] = [];
  const { initDuration, status, errorType, billed, billedMs, maxMemory } = expected;
  if (initDuration !== undefined && (trace.initDurationMs !== undefined) !== initDuration) {
    mistakes.push(`Init Duration should ${initDuration ? '' : 'not '}be reported`);
  }
  if (status !== undefined && !matches(status, trace.status)) mistakes.push(`status is ${String(trace.status)}`);
  if (errorType !== undefined && !matches(errorType, trace.errorType)) {
    mistakes.push(`reported error type is ${String(trace.errorType)}`);
  }
  if (billed !== undefined) {
    const basis = trace.durationMs + (billed === 'duration' ? 0 : (trace.initDurationMs ?? 0));
    // Durations have three decimals: what is smaller is the sum's own rounding.
    const ceiling = Math.ceil(Math.round(basis * 1000) / 1000);
    if (trace.billedDurationMs !== ceiling) {
      mistakes.push(`billed ${trace.billedDurationMs} ms, not ${ceiling} ms (${billed} ${basis} ms)`);
    }
  }
  if (billedMs !== undefined && !within(billedMs, trace.billedDurationMs)) {
    mistakes.push(`billed ${trace.billedDurationMs} ms`);
  }
  if (
    typeof maxMemory === 'object' ? !within(maxMemory, trace.maxMemoryUsedMB) : maxMemory && trace.maxMemoryUsedMB <= 0
  ) {
    mistakes.push(`Max Memory Used is ${trace.maxMemoryUsedMB} MB`);
  }
  return mistakes;
}

function mistakesOf(expected: Expectation, result: SynchronousInvokeResponse): string[] {
  const { trace, Payload } = result;
  const mistakes: string[] = [];
  const outcome = result.FunctionError === undefined ? 'ok' : 'error';
  if (expected.outcome !== undefined && outcome !== expected.outcome)
    mistakes.push(`outcome is ${outcome}: ${Payload}`);
  if (expected.payload !== undefined && !matches(expected.payload, parsed(Payload))) {
    mistakes.push(`payload is ${Payload}`);
  }
  if (expected.payloadText !== undefined && !matches(expected.payloadText, Payload)) {
    mistakes.push(`payload text is ${JSON.stringify(Payload)}`);
  }
  const missing = missingLog(expected.logs ?? [], trace.logs);
  if (missing !== undefined) mistakes.push(`no log event ${JSON.stringify(missing)} in ${JSON.stringify(trace.logs)}`);
  for (const forbidden of expected.notLogs ?? []) {
    const log = trace.logs.find((one) => matchesLog(forbidden, one));
    if (log !== undefined) mistakes.push(`log event ${JSON.stringify(log)}`);
  }
  if (expected.coldStart !== undefined && (trace.start === 'cold') !== expected.coldStart) {
    mistakes.push(`start is ${trace.start}`);
  }
  if (expected.durationMs !== undefined && !within(expected.durationMs, trace.durationMs)) {
    mistakes.push(`duration is ${trace.durationMs} ms`);
  }
  return [...mistakes, ...reportMistakes(expected.report ?? {}, trace)];
}

/** Resolves to what was not as expected; empty when all was. */
export async function runCase(one: ConformanceCase): Promise<string[]> {
  const { config, runtime, files } = one;
  const account = await createAccount({ seed: 7 });
  const logging = {
    ...(config.logFormat === undefined ? {} : { LogFormat: config.logFormat }),
    ...(config.logLevel === undefined ? {} : { ApplicationLogLevel: config.logLevel }),
    ...(config.systemLogLevel === undefined ? {} : { SystemLogLevel: config.systemLogLevel }),
  };
  await account.lambda.createFunction({
    FunctionName: 'conformance',
    Runtime: runtime,
    Handler: config.handler ?? 'index.handler',
    Code: { Files: files },
    MemorySize: config.memory ?? 128,
    Timeout: config.timeout ?? 3,
    Environment: { Variables: config.env ?? {} },
    Architectures: [config.architecture ?? 'x86_64'],
    ...(config.ephemeralStorage === undefined ? {} : { EphemeralStorage: { Size: config.ephemeralStorage } }),
    ...(config.tracing === undefined ? {} : { TracingConfig: { Mode: config.tracing } }),
    ...(Object.keys(logging).length === 0 ? {} : { LoggingConfig: logging }),
  });
  const mistakes: string[] = [];
  for (const [index, { event, gapMs = 0, clientContext, expect }] of one.invocations.entries()) {
    if (gapMs > 0) account.clock.advance({ milliseconds: gapMs });
    const result = await account.lambda.invoke({
      FunctionName: 'conformance',
      ...(event === undefined ? {} : { Payload: JSON.stringify(event) }),
      ...(clientContext === undefined
        ? {}
        : { ClientContext: Buffer.from(JSON.stringify(clientContext)).toString('base64') }),
    });
    const expected = withRequestId(expect, result.trace.requestId);
    mistakes.push(...mistakesOf(expected, result).map((mistake) => `invocation ${index + 1}: ${mistake}`));
  }
  account.dispose();
  return mistakes;
}
