/** V8's text for a structure that JSON.stringify cannot write since it contains itself. */
import { constructorName } from './describe-value.ts';

const { keys, getOwnPropertyDescriptor } = Object;
const { isArray } = Array;

interface Step {
  readonly object: object;
  /** How the object was reached: `property 'a'` or `index 0`. */
  readonly by: string;
}

const mostSteps = 10_000;

/** The several lines of V8's message, or undefined when the circle does not show without running code. */
export function describeCircle(value: unknown): string | undefined {
  const path: Step[] = [];
  let steps = 0;
  let closing: { start: number; by: string } | undefined;
  const visit = (object: object, by: string): boolean => {
    const start = path.findIndex((step) => step.object === object);
    if (start >= 0) {
      closing = { start, by };
      return true;
    }
    if ((steps += 1) > mostSteps || path.length > 500) return false;
    path.push({ object, by });
    for (const key of keys(object)) {
      const child: unknown = getOwnPropertyDescriptor(object, key)?.value;
      if (child === null || typeof child !== 'object') continue;
      if (visit(child, isArray(object) ? `index ${key}` : `property '${key}'`)) return true;
    }
    path.pop();
    return false;
  };
  if (value === null || typeof value !== 'object' || !visit(value, '') || closing === undefined) return undefined;
  const circle = path.slice(closing.start);
  const made = (step: Step): string => `object with constructor '${constructorName(step.object)}'`;
  const inner = circle.slice(1).map((step) => `|     ${step.by} -> ${made(step)}`);
  const shown = inner.length > 3 ? [...inner.slice(0, 2), '|     ...', inner.at(-1)!] : inner;
  return [
    'Converting circular structure to JSON',
    `--> starting at ${made(circle[0]!)}`,
    ...shown,
    `--- ${closing.by} closes the circle`,
  ].join('\n    ');
}
