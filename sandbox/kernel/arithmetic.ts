/**
 * Exponential and logarithm from additions, multiplications and divisions, which IEEE 754 fixes to the last bit.
 * `Math.exp` and `Math.log` may differ between JavaScript engines, and a trace must not.
 */

const ln2 = 0.6931471805599453;

/** e to the power of `x`, for -700 < x < 700; relative error below 1e-14. */
export function exponential(x: number): number {
  const halvings = Math.round(x / ln2);
  const rest = x - halvings * ln2;
  let sum = 1;
  for (let term = 16; term >= 1; term -= 1) sum = 1 + (rest * sum) / term;
  return sum * powerOfTwo(halvings);
}

/** The natural logarithm of a positive number; absolute error below 1e-14. */
export function naturalLogarithm(x: number): number {
  if (!(x > 0) || x === Infinity) throw new RangeError(`No logarithm of ${x}.`);
  let mantissa = x;
  let exponent = 0;
  while (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa < 0.7071067811865476) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), an odd series that converges fast for |m - 1| < 0.42.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let power = 23; power >= 1; power -= 2) sum = 1 / power + square * sum;
  return exponent * ln2 + 2 * ratio * sum;
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  const step = exponent < 0 ? 0.5 : 2;
  for (let count = Math.abs(exponent); count > 0; count -= 1) power *= step;
  return power;
}
