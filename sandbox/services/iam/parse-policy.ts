/** Reads a policy document from JSON text or from outside, and names every mistake in it by its place. */
import type { PolicyDocument } from '../service.ts';
import { operatorNames, parseOperator } from './conditions.ts';

export interface PolicyMistake {
  /** `Statement[0].Action`; empty for the document as a whole. */
  readonly path: string;
  /** What is wrong and what to write. */
  readonly message: string;
}

/** What a policy is for decides which elements it must and may have. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

export type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly mistakes: readonly PolicyMistake[] };

/** The document, or its mistakes in the order in which they stand. */
export function parsePolicy(source: unknown, kind: PolicyKind = 'identity'): ParsedPolicy {
  const mistakes: PolicyMistake[] = [];
  const wrong = (path: string, message: string): void => void mistakes.push({ path, message });
  let document = source;
  if (typeof source === 'string') {
    try {
      document = JSON.parse(source);
    } catch (error) {
      wrong('', `The policy is not JSON: ${(error as Error).message}.`);
      return { ok: false, mistakes };
    }
  }
  if (!isRecord(document)) {
    wrong('', 'A policy is an object with Version and Statement.');
    return { ok: false, mistakes };
  }
  checkKeys(document, '', ['Version', 'Id', 'Statement'], wrong);
  const { Version, Statement } = document;
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    wrong('Version', `${show(Version)} is no version of the policy language. Write "2012-10-17".`);
  }
  // One statement may stand without its list.
  const statements = Array.isArray(Statement) ? Statement : isRecord(Statement) ? [Statement] : undefined;
  if (statements === undefined) wrong('Statement', 'A policy needs Statement: a list of statements.');
  else if (statements.length === 0) wrong('Statement', 'The list is empty. A policy needs at least one statement.');
  statements?.forEach((statement, index) => checkStatement(statement, `Statement[${index}]`, kind, wrong));
  checkSids(statements ?? [], wrong);
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, document: deepFreeze({ ...document, Statement: statements }) as PolicyDocument };
}

/** The mistakes in one text, each with its place. */
export function tellMistakes(mistakes: readonly PolicyMistake[]): string {
  return mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');
}

type Wrong = (path: string, message: string) => void;

const statementKeys = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function checkStatement(statement: unknown, path: string, kind: PolicyKind, wrong: Wrong): void {
  if (!isRecord(statement)) return wrong(path, 'A statement is an object with Effect, Action and Resource.');
  checkKeys(statement, `${path}.`, statementKeys, wrong);
  const { Sid, Effect } = statement;
  if (Sid !== undefined && (typeof Sid !== 'string' || (kind === 'identity' && !/^[0-9A-Za-z]*$/.test(Sid)))) {
    wrong(`${path}.Sid`, `${show(Sid)} is no statement ID. Use letters and digits.`);
  }
  if (Effect === undefined) wrong(`${path}.Effect`, 'Effect is missing. Write "Allow" or "Deny".');
  else if (Effect !== 'Allow' && Effect !== 'Deny') {
    wrong(`${path}.Effect`, `${show(Effect)} is no effect. Write "Allow" or "Deny", with a capital letter.`);
  }
  if (one(statement, 'Action', 'NotAction', path, wrong)) checkActions(statement, path, wrong);
  if (kind === 'trust') {
    if (statement['Resource'] !== undefined || statement['NotResource'] !== undefined) {
      wrong(`${path}.Resource`, 'A trust policy has no Resource: it is about the role that it belongs to.');
    }
  } else if (one(statement, 'Resource', 'NotResource', path, wrong)) checkResources(statement, path, wrong);
  if (kind === 'identity') {
    for (const key of ['Principal', 'NotPrincipal']) {
      if (statement[key] === undefined) continue;
      wrong(`${path}.${key}`, `A policy of a role has no ${key}: it is about whoever it is attached to. Leave it out.`);
    }
  } else if (one(statement, 'Principal', 'NotPrincipal', path, wrong)) checkPrincipals(statement, path, wrong);
  if (statement['Condition'] !== undefined) checkCondition(statement['Condition'], `${path}.Condition`, wrong);
}

/** Exactly one of an element and its negation. */
function one(statement: Record<string, unknown>, key: string, negation: string, path: string, wrong: Wrong): boolean {
  const both = statement[key] !== undefined && statement[negation] !== undefined;
  const none = statement[key] === undefined && statement[negation] === undefined;
  if (both) wrong(`${path}.${negation}`, `A statement has ${key} or ${negation}, not both.`);
  if (none) wrong(`${path}.${key}`, `${key} is missing.`);
  return !none;
}

function checkActions(statement: Record<string, unknown>, path: string, wrong: Wrong): void {
  for (const key of ['Action', 'NotAction']) {
    eachText(statement[key], `${path}.${key}`, wrong, (text, at) => {
      if (text === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(text)) return;
      wrong(at, `${show(text)} is no action. Write the service, a colon and the action, such as "s3:GetObject".`);
    });
  }
}

function checkResources(statement: Record<string, unknown>, path: string, wrong: Wrong): void {
  for (const key of ['Resource', 'NotResource']) {
    eachText(statement[key], `${path}.${key}`, wrong, (text, at) => {
      if (text === '*' || /^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/.test(text) || /^arn:[^:]+(:[^:]*){0,3}\*$/.test(text))
        return;
      wrong(at, `${show(text)} is no ARN. Write "*", or an ARN such as "arn:aws:s3:::my-bucket/*".`);
    });
  }
}

function checkPrincipals(statement: Record<string, unknown>, path: string, wrong: Wrong): void {
  for (const key of ['Principal', 'NotPrincipal']) {
    const principal = statement[key];
    if (principal === undefined || principal === '*') continue;
    const at = `${path}.${key}`;
    if (!isRecord(principal)) {
      wrong(
        at,
        `${show(principal)} is no principal. Write "*" or an object such as {"Service": "lambda.amazonaws.com"}.`,
      );
      continue;
    }
    for (const [kind, values] of Object.entries(principal)) {
      if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind)) {
        wrong(`${at}.${kind}`, `A principal is AWS, Service, Federated or CanonicalUser, not ${kind}.`);
      }
      eachText(values, `${at}.${kind}`, wrong, () => undefined);
    }
  }
}

function checkCondition(condition: unknown, path: string, wrong: Wrong): void {
  if (!isRecord(condition)) return wrong(path, 'Condition is an object: operator, then key, then value.');
  for (const [operator, keys] of Object.entries(condition)) {
    const at = `${path}.${operator}`;
    if (parseOperator(operator) === undefined) {
      wrong(at, `There is no operator ${operator}. The operators are ${operatorNames.join(', ')}.`);
    } else if (!isRecord(keys)) wrong(at, 'After the operator comes an object of condition keys and their values.');
    else {
      for (const [key, values] of Object.entries(keys)) {
        if (!key.includes(':')) wrong(`${at}.${key}`, `${key} is no condition key. Write one such as "aws:SourceArn".`);
        // JSON's true and numbers are taken as their text.
        const listed = Array.isArray(values) ? (values as unknown[]) : [values];
        if (!listed.every((value) => ['string', 'boolean', 'number'].includes(typeof value))) {
          wrong(`${at}.${key}`, 'The value is a text or a list of texts.');
        }
      }
    }
  }
}

/** Calls `check` for a text or each of a list of texts. */
function eachText(value: unknown, path: string, wrong: Wrong, check: (text: string, path: string) => void): void {
  if (value === undefined) return;
  if (typeof value === 'string') return check(value, path);
  if (!Array.isArray(value) || value.length === 0) return wrong(path, 'Write a text or a list of texts.');
  value.forEach((item: unknown, index) => {
    if (typeof item === 'string') check(item, `${path}[${index}]`);
    else wrong(`${path}[${index}]`, `${show(item)} is no text.`);
  });
}

function checkKeys(record: Record<string, unknown>, prefix: string, known: readonly string[], wrong: Wrong): void {
  for (const key of Object.keys(record)) {
    if (known.includes(key)) continue;
    const near = known.find((name) => name.toLowerCase() === key.toLowerCase() || `${name}s` === key);
    wrong(
      `${prefix}${key}`,
      `There is no element ${key}. ${near ? `Write ${near}.` : `The elements here are ${known.join(', ')}.`}`,
    );
  }
}

function checkSids(statements: readonly unknown[], wrong: Wrong): void {
  const seen = new Set<unknown>();
  statements.forEach((statement, index) => {
    if (!isRecord(statement) || statement['Sid'] === undefined) return;
    if (seen.has(statement['Sid']))
      wrong(`Statement[${index}].Sid`, `Two statements are called ${show(statement['Sid'])}.`);
    seen.add(statement['Sid']);
  });
}

const show = (value: unknown): string => JSON.stringify(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that nobody changes, with condition values as texts. */
function deepFreeze(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(deepFreeze));
  if (isRecord(value)) {
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deepFreeze(item)])));
  }
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
