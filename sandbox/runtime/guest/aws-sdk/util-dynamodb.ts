/** @aws-sdk/util-dynamodb: JavaScript values as DynamoDB's attribute values, and back. */

export interface MarshallOptions {
  readonly convertEmptyValues?: boolean;
  readonly removeUndefinedValues?: boolean;
  readonly convertClassInstanceToMap?: boolean;
  readonly convertTopLevelContainer?: boolean;
  readonly allowImpreciseNumbers?: boolean;
}

export interface UnmarshallOptions {
  readonly wrapNumbers?: boolean | ((text: string) => unknown);
  readonly convertWithoutMapWrapper?: boolean;
}

type AttributeValue = Record<string, any>;

const undefinedAdvice = 'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.';

/** A number with all its digits, which JavaScript's numbers do not have. */
export class NumberValue {
  readonly value: string;

  constructor(value: number | bigint | string | { readonly N: string }) {
    this.value = String(typeof value === 'object' ? value.N : value);
    if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
      throw new Error(`NumberValue should not be initialized with an imprecise number=${value}. Use a string instead.`);
    }
  }

  static from(value: number | bigint | string | { readonly N: string }): NumberValue {
    return new NumberValue(value);
  }

  toAttributeValue(): { N: string } {
    return { N: this.value };
  }

  toBigInt(): bigint {
    return BigInt(this.value);
  }

  toString(): string {
    return this.value;
  }

  valueOf(): string {
    return this.value;
  }
}

export { NumberValue as NumberValueImpl };

export function convertToAttr(value: any, options: MarshallOptions = {}): AttributeValue {
  if (value === undefined) throw new Error(undefinedAdvice);
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) {
    const kept = value.filter(
      (item) => typeof item !== 'function' && (item !== undefined || !options.removeUndefinedValues),
    );
    return { L: kept.map((item) => convertToAttr(item, options)) };
  }
  if (value instanceof Set) return setValue([...(value as Set<unknown>)], options);
  if (value instanceof Map) return { M: mapValue([...(value as Map<string, unknown>)], options) };
  if (value instanceof NumberValue) return value.toAttributeValue();
  if (isBytes(value)) {
    return (value as { length?: number }).length === 0 && options.convertEmptyValues ? { NULL: true } : { B: value };
  }
  switch (typeof value) {
    case 'boolean':
      return { BOOL: value };
    case 'number':
      return { N: numberText(value, options) };
    case 'bigint':
      return { N: String(value) };
    case 'string':
      return value === '' && options.convertEmptyValues ? { NULL: true } : { S: value };
    case 'object':
      if (value instanceof Boolean || value instanceof Number || value instanceof String) {
        return convertToAttr(value.valueOf(), options);
      }
      if (isPlain(value) || options.convertClassInstanceToMap) return { M: mapValue(enumerable(value), options) };
      break;
    default:
  }
  throw new Error(
    `Unsupported type passed: ${value}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`,
  );
}

/** What `for in` sees: inherited members of class instances too. */
function enumerable(value: Record<string, unknown>): [string, unknown][] {
  const entries: [string, unknown][] = [];
  for (const key in value) entries.push([key, value[key]]);
  return entries;
}

const isPlain = (value: object): boolean => {
  const kind = (value as { constructor?: { name?: unknown } }).constructor;
  return kind === undefined || kind.name === 'Object';
};

const isBytes = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob;

function mapValue(entries: readonly [string, unknown][], options: MarshallOptions): AttributeValue {
  const map: AttributeValue = {};
  for (const [key, value] of entries) {
    if (typeof value === 'function' || (value === undefined && options.removeUndefinedValues)) continue;
    map[key] = convertToAttr(value, options);
  }
  return map;
}

function setValue(given: readonly unknown[], options: MarshallOptions): AttributeValue {
  const values = options.removeUndefinedValues ? given.filter((value) => value !== undefined) : given;
  if (values.includes(undefined)) throw new Error(undefinedAdvice);
  const [first] = values;
  if (first === undefined) {
    if (options.convertEmptyValues) return { NULL: true };
    throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  }
  if (first instanceof NumberValue || typeof first === 'bigint') return { NS: values.map(String) };
  if (typeof first === 'number') return { NS: values.map((value) => numberText(value as number, options)) };
  if (typeof first === 'string') return { SS: values.map(String) };
  if (isBytes(first)) return { BS: [...values] };
  throw new Error('Only Number Set (NS), Binary Set (BS) or String Set (SS) are allowed.');
}

function numberText(value: number, options: MarshallOptions): string {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (!options.allowImpreciseNumbers && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const [word, bound] = value > 0 ? ['greater', 'MAX_SAFE_INTEGER'] : ['lesser', 'MIN_SAFE_INTEGER'];
    throw new Error(`Number ${value} is ${word} than Number.${bound}. Use NumberValue from @aws-sdk/lib-dynamodb.`);
  }
  return String(value);
}

export function convertToNative(attribute: AttributeValue, options: UnmarshallOptions = {}): unknown {
  for (const [kind, value] of Object.entries(attribute)) {
    if (value === undefined) continue;
    switch (kind) {
      case 'NULL':
        return null;
      case 'BOOL':
        return Boolean(value);
      case 'N':
        return nativeNumber(value as string, options);
      case 'B':
      case 'S':
        return value;
      case 'L':
        return (value as AttributeValue[]).map((item) => convertToNative(item, options));
      case 'M':
        return Object.fromEntries(
          Object.entries(value as AttributeValue).map(([key, item]) => [key, convertToNative(item, options)]),
        );
      case 'NS':
        return new Set((value as string[]).map((item) => nativeNumber(item, options)));
      case 'BS':
      case 'SS':
        return new Set(value as unknown[]);
      default:
        throw new Error(`Unsupported type passed: ${kind}`);
    }
  }
  throw new Error(`No value defined: ${JSON.stringify(attribute)}`);
}

function nativeNumber(text: string, { wrapNumbers }: UnmarshallOptions): unknown {
  if (typeof wrapNumbers === 'function') return wrapNumbers(text);
  if (wrapNumbers) return NumberValue.from(text);
  const number = Number(text);
  if (!Number.isFinite(number) || Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  try {
    return BigInt(text);
  } catch {
    throw new Error(`${text} can't be converted to BigInt. Set options.wrapNumbers to get string value.`);
  }
}

/** An object becomes an item; anything else an attribute value. */
export function marshall(value: unknown, options: MarshallOptions = {}): AttributeValue {
  const attribute = convertToAttr(value, options);
  const [kind, inner] = Object.entries(attribute)[0]!;
  return (kind === 'M' || kind === 'L') && !options.convertTopLevelContainer ? (inner as AttributeValue) : attribute;
}

export function unmarshall(item: AttributeValue, options: UnmarshallOptions = {}): unknown {
  return convertToNative(options.convertWithoutMapWrapper ? item : { M: item }, options);
}
