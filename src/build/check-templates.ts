/**
 * Finds CloudFormation and SAM templates in the course's pages with resource types or properties that there are none of, or
 * without a required one. What there is says `@aws-cdk/aws-service-spec`, made from the CloudFormation registry.
 */
import { readFile } from 'node:fs/promises';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node, type YAMLMap } from 'yaml';
import { codeBlocksOf } from '../../content/code-blocks.ts';
import type { Mistake } from '../../content/mistakes.ts';
import { newerSamProperties, samEventTypes } from './sam-template.ts';

/** What is wrong at an offset of a template's text. */
interface TemplateFinding {
  readonly offset: number;
  readonly reason: string;
  readonly mend: string;
}

type Database = ReturnType<typeof loadAwsServiceSpecSync>;
type Properties = Readonly<Record<string, { readonly type: PropertyType; readonly required?: boolean }>>;
/** How the registry's data describes a value; only what is looked into is named. */
interface PropertyType {
  readonly type: string;
  readonly element?: PropertyType;
  readonly reference?: { readonly $ref: string };
}

let database: Database | undefined;

/** All mistakes in templates of these pages (paths from the project's root). */
export async function findTemplateMistakes(root: string, files: readonly string[]): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const file of files) {
    for (const block of codeBlocksOf(await readFile(`${root}/${file}`, 'utf8'))) {
      if (!['yaml', 'yml', 'json'].includes(block.language) || !block.text.includes('AWS::')) continue;
      for (const { line, reason, mend } of checkTemplate(block.text)) {
        mistakes.push({ file, line: block.line + line - 1, path: '', reason, mend });
      }
    }
  }
  return mistakes;
}

/** Checks a whole template or a part of one that holds resources; `line` is the 1-based line of the text. */
export function checkTemplate(text: string): readonly { line: number; reason: string; mend: string }[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const findings: TemplateFinding[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    for (const error of document.errors) {
      const mend = 'Check indentation, colons and quotes on this line and the one above.';
      findings.push({ offset: error.pos[0], reason: `The template is not valid YAML: ${error.message}`, mend });
    }
    if (document.contents) visit(document.contents, findings);
  }
  return findings.map(({ offset, reason, mend }) => ({ line: lines.linePos(offset).line, reason, mend }));
}

/** Every mapping with a `Type` of AWS's is a resource, wherever it stands. */
function visit(node: Node, findings: TemplateFinding[]): void {
  if (isSeq(node)) for (const item of node.items) visit(item as Node, findings);
  if (!isMap(node)) return;
  const type = textOf(node, 'Type');
  if (type !== undefined && /^AWS::\w+::\w+$/.test(type)) {
    checkResource(type, node, findings);
    return;
  }
  for (const { value } of node.items) if (value) visit(value as Node, findings);
}

function checkResource(type: string, resource: YAMLMap, findings: TemplateFinding[]): void {
  database ??= loadAwsServiceSpecSync();
  const [found] = database.lookup('resource', 'cloudFormationType', 'equals', type);
  const properties = resource.get('Properties', true) as Node | undefined;
  if (!found) {
    const reason = `There is no resource type ${type}.`;
    findings.push({ offset: offsetOf(resource), reason, mend: 'Check its name in the template reference.' });
    return;
  }
  const known = { ...(found.properties as unknown as Properties), ...newerSamProperties(type) };
  if (properties === undefined || isMap(properties)) {
    checkProperties(type, known, properties ?? resource, properties !== undefined, findings);
  }
  if (type === 'AWS::Serverless::Function' && isMap(properties)) checkEvents(properties.get('Events', true), findings);
}

function checkProperties(
  name: string,
  known: Properties,
  node: YAMLMap,
  given: boolean,
  findings: TemplateFinding[],
): void {
  const names = Object.keys(known);
  const present = given ? node.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  // `Fn::If` and the like stand for properties that nobody can see here.
  if (present.some((key) => key.startsWith('Fn::') || key === 'Ref')) return;
  for (const [key, property] of Object.entries(known)) {
    // What the data says of SAM's inner properties is stricter than SAM is.
    if (!property.required || present.includes(key) || name.startsWith('AWS::Serverless::')) continue;
    findings.push({ offset: offsetOf(node), reason: `${name} needs ${key}.`, mend: `Add ${key} with its value.` });
  }
  if (!given) return;
  for (const { key, value } of node.items) {
    const at = String(isScalar(key) ? key.value : key);
    const property = known[at];
    if (!property) {
      const mend = `It has: ${names.join(', ')}.`;
      findings.push({ offset: offsetOf(key as Node), reason: `${name} has no property ${at}.`, mend });
    } else if (value) {
      checkValue(`${name} ${at}`, property.type, value as Node, findings);
    }
  }
}

function checkValue(name: string, type: PropertyType, node: Node, findings: TemplateFinding[]): void {
  const { element, reference } = type;
  if (reference && isMap(node)) {
    const definition = database?.get('typeDefinition', reference.$ref);
    if (definition) checkProperties(name, definition.properties, node, true, findings);
  }
  if (type.type === 'array' && element && isSeq(node)) {
    for (const item of node.items) checkValue(name, element, item as Node, findings);
  }
  if (type.type === 'map' && element && isMap(node) && !name.startsWith('AWS::Serverless::')) {
    for (const { value } of node.items) if (value) checkValue(name, element, value as Node, findings);
  }
}

/** SAM's events are known by their types; what each takes is not in the registry. */
function checkEvents(events: unknown, findings: TemplateFinding[]): void {
  if (!isMap(events)) return;
  for (const { value } of events.items) {
    const type = isMap(value) ? textOf(value, 'Type') : undefined;
    if (type === undefined || samEventTypes.includes(type)) continue;
    const mend = `Use one of: ${samEventTypes.join(', ')}.`;
    findings.push({ offset: offsetOf(value as Node), reason: `There is no event of type ${type}.`, mend });
  }
}

const textOf = (node: YAMLMap, key: string): string | undefined => {
  const value = node.get(key);
  return typeof value === 'string' ? value : undefined;
};

const offsetOf = (node: Node): number => node.range?.[0] ?? 0;
