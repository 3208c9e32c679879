/** DynamoDB's numbers: decimals of at most 38 digits, exact, from 1E-130 to 9.99…E+125. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';

/** `digits` × 10^`exponent`; no trailing zeros in the digits, and zero is 0 × 10^0. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const largestMagnitude = 125;
const smallestMagnitude = -130;
const mostDigits = 38;

/** @throws {ApiError} ValidationException: no number, too many digits, or beyond the range */
export function parseDecimal(text: string, facts: Facts): Decimal {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (match === null || whole + fraction === '') throw factError(facts, 'err-dynamodb', 'notANumber', { value: text });
  return checked(
    normalise(BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n), Number(power) - fraction.length),
    facts,
  );
}

function normalise(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  let rest = digits;
  let power = exponent;
  while (rest % 10n === 0n) {
    rest /= 10n;
    power += 1;
  }
  return { digits: rest, exponent: power };
}

function checked(decimal: Decimal, facts: Facts): Decimal {
  const length = magnitudeOf(decimal.digits);
  if (decimal.digits === 0n) return decimal;
  if (length > mostDigits) throw factError(facts, 'err-dynamodb', 'manyDigits');
  const magnitude = length - 1 + decimal.exponent;
  if (magnitude > largestMagnitude) throw factError(facts, 'err-dynamodb', 'numberOverflow');
  if (magnitude < smallestMagnitude) throw factError(facts, 'err-dynamodb', 'numberUnderflow');
  return decimal;
}

const magnitudeOf = (digits: bigint): number => String(digits < 0n ? -digits : digits).length;

/** Whole numbers without an exponent as far as 38 digits go, as DynamoDB writes them. */
export function decimalText({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const figures = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) {
    if (figures.length + exponent <= mostDigits) return `${sign}${figures}${'0'.repeat(exponent)}`;
  } else if (-exponent < figures.length) {
    return `${sign}${figures.slice(0, exponent)}.${figures.slice(exponent)}`;
  } else if (-exponent <= mostDigits) {
    return `${sign}0.${'0'.repeat(-exponent - figures.length)}${figures}`;
  }
  const rest = figures.length > 1 ? `.${figures.slice(1)}` : '';
  const power = figures.length - 1 + exponent;
  return `${sign}${figures.slice(0, 1)}${rest}E${power < 0 ? '' : '+'}${power}`;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** @throws {ApiError} ValidationException when the sum has too many digits or is beyond the range */
export function addDecimals(a: Decimal, b: Decimal, facts: Facts): Decimal {
  const [left, right] = aligned(a, b);
  return checked(normalise(left + right, Math.min(a.exponent, b.exponent)), facts);
}

export const negated = ({ digits, exponent }: Decimal): Decimal => ({ digits: -digits, exponent });

function aligned(a: Decimal, b: Decimal): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.digits * 10n ** BigInt(a.exponent - exponent), b.digits * 10n ** BigInt(b.exponent - exponent)];
}
