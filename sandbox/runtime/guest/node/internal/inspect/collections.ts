/** The contents of arrays, sets, maps, typed arrays, buffers and promises, one text per entry. */
import { formatBigInt, formatNumber } from './primitives.ts';
import type { InspectContext } from './options.ts';
import { entryKind, formatProperty, formatValue } from './value.ts';

/** Formats what an object holds besides its properties. */
export type Contents = (context: InspectContext, value: any, depth: number) => string[];

const more = (count: number, what = 'item'): string => `... ${count} more ${what}${count > 1 ? 's' : ''}`;

export const arrayContents: Contents = (context, value: unknown[], depth) => {
  const shown = Math.min(Math.max(0, context.maxArrayLength), value.length);
  const output: string[] = [];
  for (let index = 0; index < shown; index++) {
    if (!Object.hasOwn(value, index)) return sparseContents(context, value, depth, shown, output, index);
    output.push(formatProperty(context, value, depth, index, entryKind.arrayElement));
  }
  if (value.length > shown) output.push(more(value.length - shown));
  return output;
};

function sparseContents(
  context: InspectContext,
  value: unknown[],
  depth: number,
  shown: number,
  output: string[],
  start: number,
): string[] {
  const keys = Object.keys(value);
  let index = start;
  for (let at = start; at < keys.length && output.length < shown; at++) {
    const key = keys[at] as string;
    const number = Number(key);
    if (!/^(0|[1-9]\d*)$/.test(key) || number > 2 ** 32 - 2) break;
    if (number !== index) {
      output.push(emptyItems(context, number - index));
      index = number;
      if (output.length === shown) break;
    }
    output.push(formatProperty(context, value, depth, key, entryKind.arrayElement));
    index++;
  }
  const remaining = value.length - index;
  if (output.length !== shown) {
    if (remaining > 0) output.push(emptyItems(context, remaining));
  } else if (remaining > 0) {
    output.push(more(remaining));
  }
  return output;
}

const emptyItems = (context: InspectContext, count: number): string =>
  context.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');

export const typedArrayContents: Contents = (context, value: ArrayLike<number | bigint>, depth) => {
  const shown = Math.min(Math.max(0, context.maxArrayLength), value.length);
  const output: string[] = [];
  for (let index = 0; index < shown; index++) {
    const element = value[index] as number | bigint;
    output.push(
      typeof element === 'number'
        ? formatNumber(context.stylize, element, context.numericSeparator)
        : formatBigInt(context.stylize, element, context.numericSeparator),
    );
  }
  if (value.length > shown) output.push(more(value.length - shown));
  if (context.showHidden) {
    context.indentationLevel += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`[${key}]: ${formatValue(context, (value as any)[key], depth, true)}`);
    }
    context.indentationLevel -= 2;
  }
  return output;
};

export const setContents: Contents = (context, value: Set<unknown>, depth) => {
  const shown = Math.min(Math.max(0, context.maxArrayLength), value.size);
  const output: string[] = [];
  context.indentationLevel += 2;
  for (const member of value) {
    if (output.length >= shown) break;
    output.push(formatValue(context, member, depth));
  }
  if (value.size > shown) output.push(more(value.size - shown));
  context.indentationLevel -= 2;
  return output;
};

export const mapContents: Contents = (context, value: Map<unknown, unknown>, depth) => {
  const shown = Math.min(Math.max(0, context.maxArrayLength), value.size);
  const output: string[] = [];
  context.indentationLevel += 2;
  for (const [key, member] of value) {
    if (output.length >= shown) break;
    output.push(`${formatValue(context, key, depth)} => ${formatValue(context, member, depth)}`);
  }
  if (value.size > shown) output.push(more(value.size - shown));
  context.indentationLevel -= 2;
  return output;
};

export const bytesContents: Contents = (context, value: ArrayBuffer) => {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [context.stylize('(detached)', 'special')];
  }
  const shown = Math.min(Math.max(0, context.maxArrayLength), bytes.length);
  let text = hexPairs(bytes.subarray(0, shown));
  if (bytes.length > shown) text += ` ${more(bytes.length - shown, 'byte')}`;
  return [`${context.stylize('[Uint8Contents]', 'special')}: <${text}>`];
};

export function hexPairs(bytes: Uint8Array): string {
  const pairs: string[] = [];
  for (const byte of bytes) pairs.push((byte < 16 ? '0' : '') + byte.toString(16));
  return pairs.join(' ');
}

export const promiseContents: Contents = (context, value: Promise<unknown>, depth) => {
  const { state, value: result } = internals.promiseState(value);
  if (state === 'pending') return [context.stylize('<pending>', 'special')];
  context.indentationLevel += 2;
  const text = formatValue(context, result, depth);
  context.indentationLevel -= 2;
  return [state === 'rejected' ? `${context.stylize('<rejected>', 'special')} ${text}` : text];
};

export const hiddenContents: Contents = (context) => [context.stylize('<items unknown>', 'special')];
