/** Filter expressions of GetTraceSummaries, as far as they ask for marks, times and services. Source: X-Ray guide. */
import { NotSimulatedError } from '../../lambda/errors.ts';
import type { TraceSummary } from './xray.types.ts';

type Test = (summary: TraceSummary) => boolean;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
};

/** @throws {NotSimulatedError} for any other expression */
export function readFilter(expression: string): Test {
  const tests = expression.split(/\s+AND\s+/i).map((part) => readPart(part.trim()));
  return (summary) => tests.every((test) => test(summary));
}

function readPart(part: string): Test {
  const not = /^!\s*(.+)$/.exec(part)?.[1];
  if (not !== undefined) {
    const test = readPart(not);
    return (summary) => !test(summary);
  }
  if (part === 'fault') return ({ HasFault }) => HasFault;
  if (part === 'error') return ({ HasError }) => HasError;
  if (part === 'throttle') return ({ HasThrottle }) => HasThrottle;
  if (part === 'partial') return ({ IsPartial }) => IsPartial;
  const [, name] = /^service\("([^"]*)"\)$/.exec(part) ?? [];
  if (name !== undefined) return ({ ServiceIds }) => ServiceIds.some(({ Name }) => Name === name);
  const [, key, sign = '', number] = /^(duration|responsetime)\s*(>=|<=|>|<|=)\s*([\d.]+)$/i.exec(part) ?? [];
  const compare = comparisons[sign];
  if (key !== undefined && compare !== undefined) {
    const isDuration = key.toLowerCase() === 'duration';
    return ({ Duration, ResponseTime }) => compare(isDuration ? Duration : ResponseTime, Number(number));
  }
  throw new NotSimulatedError(
    `The filter ${part} is not available in this simulator. It has fault, error, throttle, partial, service("name"), duration and responsetime with a number of seconds, ! before one, and AND between them.`,
  );
}
