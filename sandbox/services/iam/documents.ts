/** Policy documents on their way into IAM and out of it, and the names of what they are kept under. */
import { factNumber, type Facts } from '../../facts.ts';
import type { PolicyDocument } from '../service.ts';
import * as errors from './errors.ts';
import { parsePolicy, type PolicyKind } from './parse-policy.ts';

/** A limit of the fact iam-quotas, and what IAM calls it. */
export interface Quota {
  readonly key: string;
  readonly name: string;
}

/** @throws {ApiError} MalformedPolicyDocumentException, or LimitExceededException */
export function readDocument(text: unknown, kind: PolicyKind, facts: Facts, quota?: Quota): PolicyDocument {
  if (text === undefined) throw errors.invalidInput('The policy document is missing.');
  const parsed = parsePolicy(text, kind);
  if (!parsed.ok) throw errors.malformedPolicy(parsed.mistakes);
  if (quota === undefined) return parsed.document;
  const limit = factNumber(facts, 'iam-quotas', quota.key);
  if (sizeOf(parsed.document) > limit) throw errors.limitExceeded(`Cannot exceed quota for ${quota.name}: ${limit}`);
  return parsed.document;
}

/** Characters that count: white space does not. */
export const sizeOf = (document: PolicyDocument): number => JSON.stringify(document).length;

/** As the API gives documents: JSON, URL-encoded. */
export const encodeDocument = (document: PolicyDocument): string => encodeURIComponent(JSON.stringify(document));

/** @throws {ApiError} ValidationError */
export function checkName(parameter: string, name: unknown, limit: number): void {
  if (typeof name === 'string' && name.length > 0 && name.length <= limit && /^[\w+=,.@-]+$/.test(name)) return;
  throw errors.invalidInput(
    `The specified value for ${parameter} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and have at most ${limit} of them`,
  );
}
