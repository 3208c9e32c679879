/** A CloudFormation template as text: YAML with its short tags, or JSON, read into resources and outputs. */
import { parseDocument, type CollectionTag, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';
import { ApiError } from '../service.ts';

export interface TemplateResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependsOn: readonly string[];
}

export interface TemplateOutput {
  readonly value: unknown;
  /** The name that other stacks import it by. */
  readonly exportName: unknown;
}

export interface Template {
  /** By logical id. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
}

/** A refusal of CloudFormation. */
export const validationError = (message: string): ApiError => new ApiError('ValidationError', 400, message);

const functions = ['GetAtt', 'Sub', 'ImportValue', 'Join', 'Select'];

/** `!Ref Vpc` is short for `{ Ref: Vpc }`, `!Sub …` for `{ Fn::Sub: … }`. */
const tags: readonly (ScalarTag | CollectionTag)[] = [
  { tag: '!Ref', resolve: (text: string) => ({ Ref: text }) },
  ...functions.flatMap((name): readonly (ScalarTag | CollectionTag)[] => [
    {
      tag: `!${name}`,
      resolve: (text: string) => ({ [`Fn::${name}`]: name === 'GetAtt' ? splitOnce(text) : text }),
    },
    {
      tag: `!${name}`,
      collection: 'seq',
      resolve: (items: YAMLSeq | YAMLMap) => ({ [`Fn::${name}`]: items.toJSON() as unknown }),
    },
    {
      tag: `!${name}`,
      collection: 'map',
      resolve: (items: YAMLSeq | YAMLMap) => ({ [`Fn::${name}`]: items.toJSON() as unknown }),
    },
  ]),
];

/** `Orders.DNSName` is the attribute DNSName of Orders. */
export function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf('.');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const sections = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Outputs', 'Resources', 'Transform'];

/** @throws {ApiError} ValidationError, with the place where the text is no YAML or no template */
export function parseTemplate(text: string): Template {
  const document = parseDocument(text, { customTags: [...tags], prettyErrors: true });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) {
    const { line = 1, col = 1 } = mistake.linePos?.[0] ?? {};
    const [reason = ''] = mistake.message.split('\n');
    throw validationError(
      `Template format error: YAML not well-formed. (line ${line}, column ${col}): ${reason.replace(/ at line \d+, column \d+:?$/, '')}`,
    );
  }
  const root: unknown = document.toJS();
  if (!isRecord(root)) throw validationError('Template format error: unsupported structure.');
  const unknown = Object.keys(root).filter((name) => !sections.includes(name));
  if (unknown.length > 0) {
    throw validationError(
      `Invalid template property or properties [${unknown.join(', ')}]. This simulator reads ${sections.join(', ')}.`,
    );
  }
  const { Resources: resources, Outputs: outputs } = root;
  if (!isRecord(resources) || Object.keys(resources).length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  return {
    resources: new Map(Object.entries(resources).map(([id, value]) => [id, resourceOf(id, value)])),
    outputs: new Map(Object.entries(isRecord(outputs) ? outputs : {}).map(([id, value]) => [id, outputOf(value)])),
  };
}

function resourceOf(id: string, value: unknown): TemplateResource {
  if (!isRecord(value) || typeof value['Type'] !== 'string') {
    throw validationError(`Template format error: [/Resources/${id}/Type] 'null' values are not allowed in templates`);
  }
  const { Type: type, Properties: properties, DependsOn: dependsOn = [], ...others } = value;
  const [extra] = Object.keys(others);
  if (extra !== undefined) {
    throw validationError(`Invalid template resource property '${extra}' of ${id}`);
  }
  return { type, properties: isRecord(properties) ? properties : {}, dependsOn: [dependsOn].flat() as string[] };
}

function outputOf(value: unknown): TemplateOutput {
  if (!isRecord(value) || value['Value'] === undefined) {
    throw validationError('Template format error: Every Outputs member must contain a Value object');
  }
  const { Export: given } = value;
  return { value: value['Value'], exportName: isRecord(given) ? given['Name'] : undefined };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
