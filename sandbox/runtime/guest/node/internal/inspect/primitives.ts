/** Primitive values. */
import type { InspectContext, Stylize } from './options.ts';
import { quote } from './strings.ts';

/** Strings shorter than this are never split at their line breaks. */
const minimumSplitLength = 16;

const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');

export function formatNumber(stylize: Stylize, value: number, separator: boolean): string {
  let text = Object.is(value, -0) ? '-0' : String(value);
  if (separator && Number.isFinite(value) && !text.includes('e')) {
    const [whole = '', fraction] = text.split('.');
    const sign = whole.startsWith('-') ? '-' : '';
    text = `${sign}${groupThousands(whole.slice(sign.length))}`;
    if (fraction !== undefined) text += `.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`;
  }
  return stylize(text, 'number');
}

export function formatBigInt(stylize: Stylize, value: bigint, separator: boolean): string {
  const digits = String(value);
  const sign = digits.startsWith('-') ? '-' : '';
  return stylize(
    `${sign}${separator ? groupThousands(digits.slice(sign.length)) : digits.slice(sign.length)}n`,
    'bigint',
  );
}

export function formatPrimitive(stylize: Stylize, value: unknown, context: InspectContext): string {
  switch (typeof value) {
    case 'string': {
      let text = value;
      let trailer = '';
      if (text.length > context.maxStringLength) {
        const remaining = text.length - context.maxStringLength;
        text = text.slice(0, context.maxStringLength);
        trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
      }
      if (
        context.compact !== true &&
        text.length > minimumSplitLength &&
        text.length > context.breakLength - context.indentationLevel - 4
      ) {
        const lines = text.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'));
        return lines.join(` +\n${' '.repeat(context.indentationLevel + 2)}`) + trailer;
      }
      return stylize(quote(text), 'string') + trailer;
    }
    case 'number':
      return formatNumber(stylize, value, context.numericSeparator);
    case 'bigint':
      return formatBigInt(stylize, value, context.numericSeparator);
    case 'boolean':
      return stylize(String(value), 'boolean');
    case 'undefined':
      return stylize('undefined', 'undefined');
    case 'symbol':
      return stylize(String(value), 'symbol');
    default:
      return stylize('null', 'null');
  }
}
