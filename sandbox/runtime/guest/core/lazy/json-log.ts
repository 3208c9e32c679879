/** One log event in JSON form (advanced logging controls). */

const { stringify } = JSON;

export interface JsonLogEntry {
  readonly timestamp: string;
  readonly level: string;
  /** Absent during init. */
  readonly requestId: string | undefined;
  readonly values: unknown[];
  readonly generation: 3 | 4;
  format(values: unknown[]): string;
}

export function formatJsonLog({ timestamp, level, requestId, values, generation, format }: JsonLogEntry): string {
  const entry: Record<string, unknown> = { timestamp, level };
  if (requestId !== undefined) entry['requestId'] = requestId;
  if (values.length === 1) {
    try {
      const [value] = values;
      return stringify({ ...entry, message: value === undefined ? 'undefined' : value }, (_key, part: unknown) =>
        part instanceof Error ? describeError(part) : part,
      );
    } catch {
      return stringify({ ...entry, message: format(values) });
    }
  }
  entry['message'] = format(values);
  const error = (generation === 4 ? values.slice(1) : values).find((value) => value instanceof Error);
  if (error instanceof Error) {
    const { errorType, errorMessage, stackTrace } = describeError(error);
    Object.assign(entry, { errorType, errorMessage, stackTrace });
  }
  return stringify(entry);
}

function describeError(error: Error): Record<string, unknown> {
  return {
    errorType: (error.constructor as { name?: string } | undefined)?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
    ...error,
  };
}
