/** Decimal numbers as digits and a power of ten: what is printed must be rounded in decimal, not in binary. */

export class Decimal {
  readonly negative: boolean;
  /** Significant digits without leading zeros; '' is zero. */
  readonly digits: string;
  /** The number is 0.digits × 10^exponent. */
  readonly exponent: number;
  /** Digits after the point that are shown even when they are zero. */
  readonly fractionDigits: number;
  readonly special: 'NaN' | 'Infinity' | undefined;

  constructor(negative: boolean, digits: string, exponent: number, fractionDigits = 0, special?: 'NaN' | 'Infinity') {
    this.negative = negative;
    this.digits = digits;
    this.exponent = digits === '' ? 0 : exponent;
    this.fractionDigits = fractionDigits;
    this.special = special;
  }

  /** From a number, a bigint, or text that Number() would read. */
  static from(value: unknown): Decimal {
    if (typeof value === 'object' && value !== null)
      return Decimal.from(
        (value as { valueOf(): unknown }).valueOf() === value
          ? String(value)
          : (value as { valueOf(): unknown }).valueOf(),
      );
    const text =
      typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)
        ? value.trim()
        : typeof value === 'bigint'
          ? String(value)
          : String(Number(value));
    const negative = text.startsWith('-') || Object.is(value, -0);
    if (text === 'NaN') return new Decimal(false, '', 0, 0, 'NaN');
    if (text.endsWith('Infinity')) return new Decimal(negative, '', 0, 0, 'Infinity');
    const [mantissa = '', power = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e');
    const [whole = '', fraction = ''] = mantissa.split('.');
    const all = whole + fraction;
    const stripped = all.replace(/^0+/, '');
    const exponent = whole.length + Number(power) - (all.length - stripped.length);
    return new Decimal(negative, stripped.replace(/0+$/, ''), exponent);
  }

  get isFinite(): boolean {
    return this.special === undefined;
  }

  get isZero(): boolean {
    return this.digits === '' && this.isFinite;
  }

  /** Times 10^power. */
  shift(power: number): Decimal {
    return new Decimal(this.negative, this.digits, this.exponent + power, this.fractionDigits, this.special);
  }

  withFractionDigits(count: number): Decimal {
    return new Decimal(this.negative, this.digits, this.exponent, count, this.special);
  }

  withSign(negative: boolean): Decimal {
    return new Decimal(negative, this.digits, this.exponent, this.fractionDigits, this.special);
  }

  /** Without sign and grouping: '1234.50'. */
  plainText(): string {
    const { digits, exponent } = this;
    const whole = exponent <= 0 ? '0' : digits.slice(0, exponent).padEnd(exponent, '0');
    const fraction = (exponent <= 0 ? '0'.repeat(-exponent) + digits : digits.slice(exponent)).padEnd(
      this.fractionDigits,
      '0',
    );
    return fraction === '' ? whole : `${whole}.${fraction}`;
  }
}
