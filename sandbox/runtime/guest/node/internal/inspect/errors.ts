/** Errors: the stack, made consistent with the object's class, in brackets when there is none. */
import { prefix } from './names.ts';
import type { InspectContext } from './options.ts';

function stackOf(error: any): string {
  const { stack } = error;
  return stack ? String(stack) : Error.prototype.toString.call(error);
}

export function formatError(
  error: any,
  constructor: string | null,
  tag: string,
  context: InspectContext,
  keys: PropertyKey[],
): string {
  const name = error.name != null ? String(error.name) : 'Error';
  let stack = stackOf(error);
  if (!context.showHidden) {
    for (const hidden of ['name', 'message', 'stack']) {
      const index = keys.indexOf(hidden);
      if (index !== -1 && (typeof error[hidden] !== 'string' || stack.includes(error[hidden]))) keys.splice(index, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = withClassName(stack, constructor, name, tag);

  const message: unknown = error.message;
  let position = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  if (position !== -1) position += (message as string).length;
  const framesStart = stack.indexOf('\n    at', position);
  if (framesStart === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = framesOf(context, error, stack.slice(framesStart + 1));
    stack = `${stack.slice(0, framesStart)}\n${frames.join('\n')}`;
  }
  return context.indentationLevel === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(context.indentationLevel)}`);
}

/** Puts the class's name where the stack starts with a less telling one. */
function withClassName(stack: string, constructor: string | null, name: string, tag: string): string {
  let length = name.length;
  const startsWithName =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !startsWithName) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? '';
    length = fallback.length;
    fallback ||= 'Error';
  }
  const wanted = prefix(constructor, tag, fallback).slice(0, -1);
  if (name === wanted) return stack;
  if (!wanted.includes(name)) return `${wanted} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${wanted}: ${stack}` : `${wanted}${stack.slice(length)}`;
}

/** The frames, those shared with the cause left out. */
function framesOf(context: InspectContext, error: any, text: string): string[] {
  const frames = text.split('\n');
  let cause: unknown;
  try {
    ({ cause } = error);
  } catch {
    return frames;
  }
  if (!(cause instanceof Error)) return frames;
  const causeStack = stackOf(cause);
  const start = causeStack.indexOf('\n    at');
  if (start === -1) return frames;
  const { length, offset } = longestSharedTail(frames, causeStack.slice(start + 1).split('\n'));
  if (length > 3) {
    const skipped = length - 2;
    const note = `    ... ${skipped} lines matching cause stack trace ...`;
    frames.splice(offset + 1, skipped, context.stylize(note, 'undefined'));
  }
  return frames;
}

function longestSharedTail(frames: string[], others: string[]): { length: number; offset: number } {
  for (let offset = 0; offset < frames.length - 3; offset++) {
    const at = others.indexOf(frames[offset] as string);
    if (at === -1) continue;
    const rest = others.length - at;
    if (rest <= 3) continue;
    let length = 1;
    const limit = Math.min(frames.length - offset, rest);
    while (length < limit && frames[offset + length] === others[at + length]) length++;
    if (length > 3) return { length, offset };
  }
  return { length: 0, offset: 0 };
}
