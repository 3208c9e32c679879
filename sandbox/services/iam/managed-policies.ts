/** Managed policies: those that AWS keeps, and those of the account. */
import { factValue } from '../../facts.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { PolicyDocument, ServiceHost } from '../service.ts';
import { checkName, readDocument } from './documents.ts';
import * as errors from './errors.ts';
import { identifierAlphabet, type ManagedPolicy, type Policy } from './role.ts';

export class ManagedPolicies {
  readonly #host: ServiceHost;
  readonly #ids: Random;
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(host: ServiceHost, ids: Random) {
    this.#host = host;
    this.#ids = ids;
    const managed = factValue(host.facts, 'iam-managed-policies') as Readonly<Record<string, PolicyDocument>>;
    for (const [path, document] of Object.entries(managed)) {
      this.#add(`arn:aws:iam::aws:policy/${path}`, path.slice(path.lastIndexOf('/') + 1), document, 0);
    }
  }

  get(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn);
  }

  /** @throws {ApiError} NoSuchEntityException */
  find(arn: string): ManagedPolicy {
    const policy = this.#policies.get(arn);
    if (policy === undefined) throw errors.noSuchEntity(`Policy ${arn} was not found.`);
    return policy;
  }

  arns(): readonly string[] {
    return [...this.#policies.keys()].sort();
  }

  /** @throws {ApiError} EntityAlreadyExistsException, or a mistake in the document */
  create(name: string, text: string): ManagedPolicy {
    const { facts, location, clock } = this.#host;
    checkName('policyName', name, 128);
    const arn = `arn:aws:iam::${location.accountId}:policy/${name}`;
    if (this.#policies.has(arn)) {
      throw errors.alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    const document = readDocument(text, 'identity', facts, { key: 'managedCharacters', name: 'PolicySize' });
    return this.#add(arn, name, document, clock.now);
  }

  delete(arn: string): void {
    this.#policies.delete(arn);
  }

  /** `attachments`: how many roles have it. */
  describe(arn: string, attachments: number): Policy {
    const { name, id, created } = this.find(arn);
    return {
      PolicyName: name,
      PolicyId: id,
      Arn: arn,
      Path: /:policy(\/(?:.*\/)?)/.exec(arn)?.[1] ?? '/',
      DefaultVersionId: 'v1',
      AttachmentCount: attachments,
      IsAttachable: true,
      CreateDate: new Date(created),
    };
  }

  #add(arn: string, name: string, document: PolicyDocument, created: number): ManagedPolicy {
    const policy = { arn, name, id: `ANPA${newToken(this.#ids, 17, identifierAlphabet)}`, created, document };
    this.#policies.set(arn, policy);
    return policy;
  }
}
