/** How many digits are printed, and how the rest is rounded. */
import { Decimal } from './decimal.ts';
import { integerOption, option, refuseOther } from './negotiation.ts';

export interface DigitOptions {
  minimumIntegerDigits: number;
  /** Fraction digits, significant digits, or the two digits of compact notation. */
  kind: 'fraction' | 'significant' | 'compact';
  minimum: number;
  maximum: number;
  roundingMode: RoundingMode;
  stripIfInteger: boolean;
}

const modes = [
  'ceil',
  'floor',
  'expand',
  'trunc',
  'halfCeil',
  'halfFloor',
  'halfExpand',
  'halfTrunc',
  'halfEven',
] as const;
type RoundingMode = (typeof modes)[number];

/** Reads the options; `minimum` and `maximum` are the style's own fraction digits. */
export function digitOptions(options: any, minimum: number, maximum: number, notation: string): DigitOptions {
  const minimumIntegerDigits = integerOption(options, 'minimumIntegerDigits', 1, 21) ?? 1;
  const least = integerOption(options, 'minimumFractionDigits', 0, 100);
  const most = integerOption(options, 'maximumFractionDigits', 0, 100);
  const leastSignificant = integerOption(options, 'minimumSignificantDigits', 1, 21);
  const mostSignificant = integerOption(options, 'maximumSignificantDigits', leastSignificant ?? 1, 21);
  const roundingMode = option(options, 'roundingMode', modes, 'halfExpand');
  const stripIfInteger =
    option(options, 'trailingZeroDisplay', ['auto', 'stripIfInteger'], 'auto') === 'stripIfInteger';
  refuseOther('rounding increment', options?.roundingIncrement, ['1']);
  refuseOther('rounding priority', options?.roundingPriority, ['auto']);
  const shared = { minimumIntegerDigits, roundingMode, stripIfInteger };
  if (leastSignificant !== undefined || mostSignificant !== undefined) {
    return { ...shared, kind: 'significant', minimum: leastSignificant ?? 1, maximum: mostSignificant ?? 21 };
  }
  if (least === undefined && most === undefined) {
    return notation === 'compact'
      ? { ...shared, kind: 'compact', minimum: 0, maximum: 0 }
      : { ...shared, kind: 'fraction', minimum, maximum };
  }
  if (least !== undefined && most !== undefined && least > most)
    throw new RangeError('maximumFractionDigits value is out of range.');
  const lower = least ?? Math.min(minimum, most as number);
  return { ...shared, kind: 'fraction', minimum: lower, maximum: most ?? Math.max(maximum, lower) };
}

/** The options as resolvedOptions() lists them. */
export function resolvedDigits(digits: DigitOptions): Record<string, unknown> {
  const { minimumIntegerDigits, kind, minimum, maximum, roundingMode, stripIfInteger } = digits;
  return {
    minimumIntegerDigits,
    ...(kind === 'significant'
      ? { minimumSignificantDigits: minimum, maximumSignificantDigits: maximum }
      : { minimumFractionDigits: minimum, maximumFractionDigits: maximum }),
    ...(kind === 'compact' && { minimumSignificantDigits: 1, maximumSignificantDigits: 2 }),
    roundingIncrement: 1,
    roundingMode,
    roundingPriority: kind === 'compact' ? 'morePrecision' : 'auto',
    trailingZeroDisplay: stripIfInteger ? 'stripIfInteger' : 'auto',
  };
}

export function roundDecimal(number: Decimal, options: DigitOptions): Decimal {
  if (!number.isFinite) return number;
  const rounded = roundKind(number, options);
  return options.stripIfInteger && rounded.digits.length <= rounded.exponent ? rounded.withFractionDigits(0) : rounded;
}

function roundKind(number: Decimal, { kind, minimum, maximum, roundingMode }: DigitOptions): Decimal {
  if (kind === 'fraction') return keep(number, number.exponent + maximum, roundingMode).withFractionDigits(minimum);
  if (kind === 'significant') {
    const kept = keep(number, maximum, roundingMode);
    return kept.withFractionDigits(Math.max(0, minimum - Math.max(kept.exponent, kept.isZero ? 1 : kept.exponent)));
  }
  // Compact: whole numbers from 100 up, two significant digits below.
  return keep(number, Math.max(2, number.exponent), roundingMode);
}

/** The first `count` significant digits. */
function keep(number: Decimal, count: number, mode: RoundingMode): Decimal {
  const { digits, negative, exponent } = number;
  if (digits.length <= count) return number;
  const kept = count > 0 ? digits.slice(0, count) : '';
  const next = count >= 0 ? Number(digits[count]) : 0;
  const rest = /[1-9]/.test(digits.slice(Math.max(count, 0) + 1)) || count < 0;
  if (!roundsAway(mode, negative, next, rest, Number(kept.at(-1) ?? 0) % 2 === 1)) {
    return new Decimal(negative, kept.replace(/0+$/, ''), exponent, number.fractionDigits);
  }
  const increased = String(BigInt(kept === '' ? '0' : kept) + 1n);
  const position = kept === '' ? exponent - count + 1 : exponent + increased.length - kept.length;
  return new Decimal(negative, increased.replace(/0+$/, ''), position, number.fractionDigits);
}

/** Whether a number whose dropped digits are `next` and maybe more goes away from zero. */
function roundsAway(mode: RoundingMode, negative: boolean, next: number, rest: boolean, keptIsOdd: boolean): boolean {
  const isNothing = next === 0 && !rest;
  if (isNothing) return false;
  const isHalf = next === 5 && !rest;
  switch (mode) {
    case 'ceil':
      return !negative;
    case 'floor':
      return negative;
    case 'expand':
      return true;
    case 'trunc':
      return false;
    case 'halfCeil':
      return isHalf ? !negative : next >= 5;
    case 'halfFloor':
      return isHalf ? negative : next >= 5;
    case 'halfTrunc':
      return isHalf ? false : next >= 5;
    case 'halfEven':
      return isHalf ? keptIsOdd : next >= 5;
    case 'halfExpand':
      return next >= 5;
  }
}
