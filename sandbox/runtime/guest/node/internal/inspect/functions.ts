/** Functions and classes. */
import { isAsyncFunction, isGeneratorFunction } from '../../util/types.ts';

export function describeFunction(value: Function, constructor: string | null, tag: string): string {
  const text = Function.prototype.toString.call(value);
  if (
    text.startsWith('class') &&
    text.endsWith('}') &&
    /^class(\s+[^(]*)?\{/.test(text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ''))
  ) {
    return describeClass(value, constructor, tag);
  }
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)' : `: ${String(value.name)}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function describeClass(value: Function, constructor: string | null, tag: string): string {
  const name = Object.hasOwn(value, 'name') && value.name ? value.name : '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends null';
  } else {
    const parent = (Object.getPrototypeOf(value) as Function | null)?.name;
    if (parent) base += ` extends ${parent}`;
  }
  return `[${base}]`;
}
