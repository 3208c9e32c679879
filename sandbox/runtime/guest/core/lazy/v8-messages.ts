/** QuickJS's error messages in V8's words, since Lambda's Node.js runs on V8 and handlers log what they catch. */
import type { Host } from '../host.ts';

interface Site {
  getFunctionName(): string | null;
  getFileName(): string | null;
  getLineNumber(): number;
  getColumnNumber(): number;
}

type Rule = readonly [RegExp, (match: RegExpExecArray, place: Place) => string];

interface Place {
  /** The function of the innermost frame. */
  readonly functionName: string;
  /** What the source says at the error, in V8's words; empty when the source does not tell. */
  explain(message: string): string;
}

const symbolKey = (key: string): string => (/^Symbol\./.test(key) ? `Symbol(${key})` : key);

const rules: readonly Rule[] = [
  [
    /^cannot read property '(.*)' of (undefined|null)$/s,
    ([text, key, value], place) =>
      place.explain(text) || `Cannot read properties of ${value} (reading '${symbolKey(key!)}')`,
  ],
  [
    /^cannot set property '(.*)' of (undefined|null)$/s,
    ([, key, value]) => `Cannot set properties of ${value} (setting '${symbolKey(key!)}')`,
  ],
  [/^not a function$/, ([text], place) => place.explain(text) || text],
  [/^not a constructor$/, ([text], place) => place.explain(text) || text],
  [/^value is not iterable$/, ([text], place) => place.explain(text) || 'object is not iterable'],
  [/^Cannot convert undefined or null to object$/, ([text], place) => place.explain(text) || text],
  [/^'(.*)' is read-only$/s, ([text], place) => place.explain(text) || 'Assignment to constant variable.'],
  [/^(.+) is not initialized$/, ([, name]) => `Cannot access '${name}' before initialization`],
  [
    /^class constructors must be invoked with 'new'$/,
    (_match, place) => `Class constructor ${place.functionName} cannot be invoked without 'new'`,
  ],
  [
    /^this is not initialized$/,
    () => "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
  ],
  [
    /^object is not extensible$/,
    ([text], place) => place.explain(text) || 'Cannot add property, object is not extensible',
  ],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^invalid string length$/, () => 'Invalid string length'],
  [/^invalid repeat count$/, ([text], place) => place.explain(text) || 'Invalid count value'],
  [
    /^invalid number of digits$/,
    (_match, place) =>
      place.functionName === 'toPrecision'
        ? 'toPrecision() argument must be between 1 and 100'
        : `${place.functionName}() ${place.functionName === 'toFixed' ? 'digits ' : ''}argument must be between 0 and 100`,
  ],
  [/^radix must be between 2 and 36$/, () => 'toString() radix must be between 2 and 36'],
  [
    /^cannot convert BigInt to number$/,
    (_match, place) =>
      place.functionName === 'Number' || /^(abs|floor|max|min|round|sqrt|pow|trunc|ceil)$/.test(place.functionName)
        ? 'Cannot convert a BigInt value to a number'
        : 'Cannot mix BigInt and other types, use explicit conversions',
  ],
  [/^cannot convert symbol to (string|number)$/i, ([, type]) => `Cannot convert a Symbol value to a ${type}`],
  [/^cannot convert to BigInt: not an integer$/, ([text], place) => place.explain(text) || text],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [
    /^expecting hex digit$|^malformed UTF-8$|^invalid character$|^expecting surrogate pair$|^expecting %$/,
    () => 'URI malformed',
  ],
  [
    /^invalid 'instanceof' right operand$/,
    ([text], place) => place.explain(text) || "Right-hand side of 'instanceof' is not callable",
  ],
  [
    /^invalid 'in' operand$/,
    ([text], place) => place.explain(text) || "Cannot use 'in' operator to search for a key in a primitive value",
  ],
  [/^(Date value is NaN|Invalid Date|invalid date)$/, () => 'Invalid time value'],
  [
    /^(private class field|private method|brand check).*'(#[^']+)'.*$/,
    ([, , name]) => `Cannot read private member ${name} from an object whose class did not declare it`,
  ],
  [/^(bigint|BigInt).*(serializ|JSON|convert).*$/, () => 'Do not know how to serialize a BigInt'],
  [/^circular reference$/, ([text], place) => place.explain(text) || 'Converting circular structure to JSON'],
];

/** Rewrites the message of an error that the engine made. Messages of the function's own errors stay as they are. */
export function translateMessage(error: Error, sites: readonly Site[], host: Host): void {
  let message: unknown;
  try {
    message = Object.getOwnPropertyDescriptor(error, 'message')?.value;
  } catch {
    return;
  }
  if (typeof message !== 'string' || message.length > 400) return;
  const own = sites.find((site) => {
    const file = site.getFileName();
    return file !== null && file !== '' && !file.startsWith('node:') && site.getLineNumber() > 0;
  });
  const place: Place = {
    functionName: sites[0]?.getFunctionName() ?? '',
    explain: (text) =>
      own === undefined
        ? host.explain(text, '', 0, 0)
        : host.explain(text, own.getFileName() ?? '', own.getLineNumber(), own.getColumnNumber()),
  };
  if (error instanceof SyntaxError) {
    const file = sites[0]?.getFileName() ?? '';
    if (own !== undefined && file !== own.getFileName()) return;
    const explained = place.explain(`syntax:${message}`);
    if (explained !== '') setMessage(error, explained);
    return;
  }
  const moduleScope = /^(require|module|exports|__filename|__dirname) is not defined$/.exec(message);
  if (moduleScope !== null && own?.getFileName()?.startsWith('file://') === true) {
    const advice = moduleScope[1] === 'require' ? ', you can use import instead' : '';
    return setMessage(error, `${message} in ES module scope${advice}`);
  }
  for (const [pattern, translate] of rules) {
    const match = pattern.exec(message);
    if (match === null) continue;
    const translated = translate(match, place);
    if (translated !== message) setMessage(error, translated);
    return;
  }
}

function setMessage(error: Error, message: string): void {
  Object.defineProperty(error, 'message', { value: message, writable: true, configurable: true, enumerable: false });
}
