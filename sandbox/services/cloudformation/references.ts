/** Intrinsic functions of templates: what refers to what, and what a value is when everything is known. Pure. */
import { isRecord, splitOnce, validationError } from './template.ts';

export interface Known {
  /** What `Ref` gives for a resource or a pseudo parameter; undefined when there is none of that name. */
  ref(name: string): string | undefined;
  attribute(name: string, attribute: string): string | undefined;
  imported(name: string): string | undefined;
}

/** The names that a value refers to, pseudo parameters included. */
export function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isRecord(value)) return [];
  const [key = '', argument] = Object.entries(value)[0] ?? [];
  if (key === 'Ref') return [String(argument)];
  if (key === 'Fn::GetAtt') return [attributeOf(argument)[0]];
  if (key === 'Fn::Sub') {
    const [text, own] = substitution(argument);
    const names = [...text.matchAll(/\$\{([^!}]+)\}/g)].map(([, name = '']) => splitOnce(name)[0]);
    return [...names.filter((name) => !(name in own)), ...namesIn(Object.values(own))];
  }
  return Object.values(value).flatMap(namesIn);
}

/** @throws {ApiError} when it refers to something that is not there */
export function valueOf(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((item) => valueOf(item, known));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [key = '', argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (key === 'Ref') return found(known.ref(String(argument)), String(argument));
    if (key === 'Fn::GetAtt') {
      const [name, attribute] = attributeOf(argument);
      return found(known.attribute(name, attribute), `${name}.${attribute}`);
    }
    if (key === 'Fn::ImportValue') {
      const name = String(valueOf(argument, known));
      const imported = known.imported(name);
      if (imported === undefined) throw validationError(`No export named ${name} found`);
      return imported;
    }
    if (key === 'Fn::Sub') return substituted(argument, known);
    if (key === 'Fn::Join' && Array.isArray(argument)) {
      const [separator, items] = argument as unknown as readonly [unknown, unknown];
      return (valueOf(items, known) as unknown[]).map(String).join(String(separator));
    }
    if (key === 'Fn::Select' && Array.isArray(argument)) {
      const [index, items] = argument as unknown as readonly [unknown, unknown];
      return (valueOf(items, known) as unknown[])[Number(index)];
    }
  }
  return Object.fromEntries(entries.map(([name, member]) => [name, valueOf(member, known)]));
}

function substituted(argument: unknown, known: Known): string {
  const [text, own] = substitution(argument);
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in own) return String(valueOf(own[name], known));
    const [resource, attribute] = splitOnce(name);
    return found(attribute === '' ? known.ref(name) : known.attribute(resource, attribute), name);
  });
}

function substitution(argument: unknown): readonly [string, Readonly<Record<string, unknown>>] {
  if (!Array.isArray(argument)) return [String(argument), {}];
  const [text, own] = argument as readonly unknown[];
  return [String(text), isRecord(own) ? own : {}];
}

const attributeOf = (argument: unknown): readonly [string, string] =>
  Array.isArray(argument) ? [String(argument[0]), argument.slice(1).join('.')] : splitOnce(String(argument));

function found(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}
