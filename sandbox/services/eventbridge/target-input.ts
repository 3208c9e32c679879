/**
 * What a target gets of an event: all of it, a part, a constant, or a text with parts of it filled in.
 * Source: EventBridge user guide, input transformation.
 */
import type { BusEventContent, InputTransformer, Target } from './eventbridge.types.ts';
import { parseJsonPath } from './json-path.ts';

/** The text for the target, JSON mostly. */
export type TargetInput = (event: BusEventContent, rule: RuleFacts) => string;

/** What a template can say besides the event. */
export interface RuleFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When EventBridge took the event; ISO. */
  readonly ingestionTime: string;
}

/** A mistake in a target's input, in words for its user. */
export class TargetInputError extends Error {
  override readonly name = 'TargetInputError';
}

/** @throws {TargetInputError} */
export function compileInput({ Input: input, InputPath: path, InputTransformer: transformer }: Target): TargetInput {
  const given = [input, path, transformer].filter((value) => value !== undefined);
  if (given.length > 1)
    throw new TargetInputError('Only one of Input, InputPath, or InputTransformer must be provided.');
  if (input !== undefined) {
    if (!isJson(input)) throw new TargetInputError('Invalid JSON in Input.');
    return () => input;
  }
  if (transformer !== undefined) return compileTransformer(transformer);
  if (path === undefined) return (event) => JSON.stringify(event);
  const read = parsePath(path);
  return (event) => JSON.stringify(read(event) ?? {});
}

function parsePath(path: string): (event: unknown) => unknown {
  const read = parseJsonPath(path);
  if (read === undefined) throw new TargetInputError(`Invalid JSON path ${path}: write $.detail or $.detail.name.`);
  return read;
}

/** `<name>` in a template. */
const placeholder = '<([\\w.-]+)>';

const reserved = {
  'aws.events.rule-arn': (_event: BusEventContent, rule: RuleFacts) => rule.ruleArn,
  'aws.events.rule-name': (_event: BusEventContent, rule: RuleFacts) => rule.ruleName,
  'aws.events.event.ingestion-time': (_event: BusEventContent, rule: RuleFacts) => rule.ingestionTime,
  'aws.events.event': (event: BusEventContent) => event,
  'aws.events.event.json': (event: BusEventContent) => event,
};

type Source = (event: BusEventContent, rule: RuleFacts) => unknown;

function compileTransformer({ InputPathsMap: paths = {}, InputTemplate: template }: InputTransformer): TargetInput {
  const sources = new Map<string, Source>(Object.entries(reserved));
  for (const [name, path] of Object.entries(paths)) {
    if (/^aws\./i.test(name))
      throw new TargetInputError(`InputPathsMap: names that begin with AWS. are reserved, such as ${name}.`);
    const read = parsePath(path);
    sources.set(name, (event) => read(event));
  }
  for (const [, name = ''] of template.matchAll(new RegExp(placeholder, 'g'))) {
    if (!sources.has(name))
      throw new TargetInputError(`Invalid InputTemplate: there is no <${name}> in InputPathsMap.`);
  }
  return (event, rule) => fill(template, (name) => sources.get(name)?.(event, rule));
}

/** Inside quotes a value is put in as text, elsewhere as JSON. */
function fill(template: string, valueOf: (name: string) => unknown): string {
  const here = new RegExp(placeholder, 'y');
  let output = '';
  let isQuoted = false;
  for (let position = 0; position < template.length;) {
    here.lastIndex = position;
    const match = here.exec(template);
    if (match !== null) {
      const value = valueOf(match[1] ?? '');
      output += isQuoted ? asText(value) : JSON.stringify(value ?? '');
      position += match[0].length;
      continue;
    }
    const character = template.charAt(position);
    if (character === '\\') {
      output += template.slice(position, position + 2);
      position += 2;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    output += character;
    position += 1;
  }
  return output;
}

/** A text without its quotes; anything else as JSON whose own quotes are escaped. */
function asText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
