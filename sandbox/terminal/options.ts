/** The options of `npm run invoke`. */
import { parseArgs } from 'node:util';

export const usage = `Runs a function's folder in the sandbox.

  npm run invoke -- <folder> [options]

  --event <name or file>   an event of the folder's events/, or a JSON file; the first one by default
  --payload <json>         the event itself
  --memory <MB>            --timeout <seconds>            --architecture <arm64 or x86_64>
  --runtime <identifier>   --env KEY=VALUE (may be repeated)
  --times <n>              requests one after the other; 1 by default
  --gap <duration>         idle virtual time between them: 500ms, 30s, 10m, 2h, 1d
  --burst <n>              requests at the same moment, each time; 1 by default
  --seed <n>               7 by default; the same seed gives the same run
  --free-tier              subtract the free tier from the bill
  --json                   print everything as JSON: trace, invocations, bill

The folder holds the code (index.mjs), and may hold function.yaml and events/*.json.
Exit code: 0, 1 when an invocation failed, 2 when nothing could be run.`;

/** The command line is not one that this command understands. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface InvokeOptions {
  readonly folder: string;
  readonly event?: string;
  readonly payload?: string;
  /** What replaces the folder's configuration. */
  readonly settings: {
    readonly MemorySize?: number;
    readonly Timeout?: number;
    readonly Architectures?: readonly ('x86_64' | 'arm64')[];
    readonly Runtime?: string;
  };
  readonly environment: Readonly<Record<string, string>>;
  readonly times: number;
  readonly gapMs: number;
  readonly burst: number;
  readonly seed: number;
  readonly freeTier: boolean;
  readonly json: boolean;
}

/** @throws {UsageError} */
export function readOptions(args: readonly string[]): InvokeOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const [folder, ...rest] = positionals;
  if (folder === undefined) throw new UsageError(`Which function? Name its folder.\n\n${usage}`);
  if (rest.length > 0) throw new UsageError(`One folder at a time; ${JSON.stringify(rest[0])} is one too many.`);
  if (values.event !== undefined && values.payload !== undefined) {
    throw new UsageError('Give --event or --payload, not both.');
  }
  const { memory, timeout, architecture, runtime } = values;
  if (architecture !== undefined && architecture !== 'arm64' && architecture !== 'x86_64') {
    throw new UsageError(`--architecture must be arm64 or x86_64, not ${JSON.stringify(architecture)}.`);
  }
  return {
    folder,
    ...(values.event === undefined ? {} : { event: values.event }),
    ...(values.payload === undefined ? {} : { payload: values.payload }),
    settings: {
      ...(memory === undefined ? {} : { MemorySize: wholeNumber('memory', memory) }),
      ...(timeout === undefined ? {} : { Timeout: wholeNumber('timeout', timeout) }),
      ...(architecture === undefined ? {} : { Architectures: [architecture] }),
      ...(runtime === undefined ? {} : { Runtime: runtime }),
    },
    environment: readEnvironment(values.env ?? []),
    times: atLeastOne('times', values.times ?? '1'),
    gapMs: values.gap === undefined ? 0 : readDuration(values.gap),
    burst: atLeastOne('burst', values.burst ?? '1'),
    seed: wholeNumber('seed', values.seed ?? '7'),
    freeTier: values['free-tier'] === true,
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        event: text,
        payload: text,
        memory: text,
        timeout: text,
        architecture: text,
        runtime: text,
        env: { type: 'string', multiple: true },
        times: text,
        gap: text,
        burst: text,
        seed: text,
        'free-tier': flag,
        json: flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`--${option} must be a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function atLeastOne(option: string, text: string): number {
  const number = wholeNumber(option, text);
  if (number < 1) throw new UsageError(`--${option} must be 1 or more.`);
  return number;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m` in ms. */
export function readDuration(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = unitMs[unit];
  if (number === undefined || factor === undefined) {
    throw new UsageError(`--gap must be a duration like 500ms, 30s, 10m, 2h or 1d, not ${JSON.stringify(text)}.`);
  }
  return Number(number) * factor;
}

function readEnvironment(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--env takes KEY=VALUE, not ${JSON.stringify(pair)}.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
