/** Resource-based policies of functions, versions and aliases: who may invoke them beside the account itself. */
import { factText, factTexts, type Facts } from '../../facts.ts';
import type { Caller } from '../../services/service.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '../api/permissions.types.ts';
import { checkRevision, serviceError } from '../errors.ts';
import type { FunctionDirectory, FunctionPointer } from '../function-directory.ts';
import type { Limits } from '../limits.ts';
import type { Location } from '../names.ts';
import { checkPattern } from '../parameters.ts';
import { utf8Length } from '../text-bytes.ts';
import { allows, isPrincipal, statementOf, type PolicyDocument, type PolicyStatement } from './statements.ts';

export interface PermissionsHost {
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  /** Of revision ids. */
  readonly random: Random;
  readonly directory: FunctionDirectory;
}

export class Permissions {
  readonly #host: PermissionsHost;
  /** Revisions of policies by the ARN that they are on; it changes with every statement. */
  readonly #revisions = new WeakMap<readonly PolicyStatement[], string>();

  constructor(host: PermissionsHost) {
    this.#host = host;
  }

  add(request: AddPermissionRequest): AddPermissionResponse {
    const { facts, directory } = this.#host;
    const pointer = this.#point(request);
    if (pointer.qualifier === '$LATEST') throw serviceError(facts, 'err-permission', {}, 'messageLatest');
    checkPattern(facts, 'statementId', request.StatementId, '([a-zA-Z0-9-_]+)');
    checkPattern(facts, 'action', request.Action, '(lambda:[*]|lambda:[a-zA-Z]+|[*])');
    if (!isPrincipal(request.Principal)) throw serviceError(facts, 'err-permission', {}, 'messagePrincipal');
    const before = this.#statements(pointer);
    checkRevision(facts, this.#revision(pointer, before), request.RevisionId);
    if (before.some(({ Sid }) => Sid === request.StatementId)) {
      throw serviceError(facts, 'err-statement-exists', { statementId: request.StatementId });
    }
    const statement = statementOf(request, directory.arn(pointer));
    this.#set(pointer, [...before, statement]);
    return { Statement: JSON.stringify(statement) };
  }

  remove(request: RemovePermissionRequest): void {
    const { facts } = this.#host;
    const pointer = this.#point(request);
    const before = this.#statements(pointer);
    const { StatementId: statementId } = request;
    if (before.length === 0) throw serviceError(facts, 'err-resource-not-found', {}, 'messageNoPolicy');
    if (!before.some(({ Sid }) => Sid === statementId)) {
      throw serviceError(facts, 'err-resource-not-found', { statementId }, 'messageStatement');
    }
    checkRevision(facts, this.#revision(pointer, before), request.RevisionId);
    this.#set(
      pointer,
      before.filter(({ Sid }) => Sid !== statementId),
    );
  }

  get(request: GetPolicyRequest): GetPolicyResponse {
    const pointer = this.#point(request);
    const policy = this.document(pointer);
    if (policy === undefined) throw serviceError(this.#host.facts, 'err-resource-not-found', {});
    return { Policy: JSON.stringify(policy), RevisionId: this.#revision(pointer, this.#statements(pointer)) };
  }

  /** The policy of what the pointer names, and of nothing else: that of an alias is not that of its version. */
  document(pointer: FunctionPointer): PolicyDocument | undefined {
    const statements = this.#statements(pointer);
    return statements.length === 0 ? undefined : { Version: '2012-10-17', Id: 'default', Statement: statements };
  }

  /**
   * Lets the account in, and roles, whose own policies were evaluated before the call came here. A service needs a
   * statement, except Lambda itself, which polls event sources on the account's behalf.
   * @throws {ServiceError} AccessDeniedException
   */
  checkInvoke(pointer: FunctionPointer, caller: Caller): void {
    if (caller.kind !== 'service' || caller.principal === 'lambda.amazonaws.com') return;
    const { facts, location, directory } = this.#host;
    const { principal, sourceArn } = caller;
    // Names of buckets have no account in their ARN; the sandbox has one account.
    const account = sourceArn?.split(':')[4];
    const context = {
      'aws:sourceaccount': account === undefined || account === '' ? location.accountId : account,
      ...(sourceArn === undefined ? {} : { 'aws:sourcearn': sourceArn }),
    };
    const action = factText(facts, 'invoke-action');
    const request = { action, principal: { Service: principal }, context };
    if (this.#statements(pointer).some((statement) => allows(statement, request))) return;
    throw serviceError(facts, 'err-invoke-denied', { caller: principal, action, resource: directory.arn(pointer) });
  }

  /** Whether everybody may call the function's URL: it takes two actions. */
  letsEverybodyIn(pointer: FunctionPointer): boolean {
    const context = { 'lambda:functionurlauthtype': 'NONE', 'lambda:invokedviafunctionurl': 'true' };
    return factTexts(this.#host.facts, 'function-urls-permissions', 'actions').every((action) =>
      this.#statements(pointer).some((statement) => allows(statement, { action, principal: '*', context })),
    );
  }

  #point({ FunctionName, Qualifier }: { readonly FunctionName: string; readonly Qualifier?: string }): FunctionPointer {
    const { directory } = this.#host;
    const pointer = directory.point(FunctionName, Qualifier);
    directory.version(pointer);
    return pointer;
  }

  #statements({ record, qualifier = '$LATEST' }: FunctionPointer): readonly PolicyStatement[] {
    return record.policies.get(qualifier) ?? none;
  }

  #revision(pointer: FunctionPointer, statements: readonly PolicyStatement[]): string {
    const { directory } = this.#host;
    const { record, qualifier } = pointer;
    const alias = qualifier === undefined ? undefined : record.aliases.get(qualifier);
    const own = alias?.RevisionId ?? directory.version(pointer).configuration.RevisionId;
    return this.#revisions.get(statements) ?? own;
  }

  #set({ record, qualifier = '$LATEST' }: FunctionPointer, statements: readonly PolicyStatement[]): void {
    const { facts, limits, random } = this.#host;
    const size = utf8Length(JSON.stringify(statements));
    if (size > limits.policyBytes) throw serviceError(facts, 'err-policy-length', { size, limit: limits.policyBytes });
    this.#revisions.set(statements, newUuid(random));
    if (statements.length === 0) record.policies.delete(qualifier);
    else record.policies.set(qualifier, statements);
  }
}

const none: readonly PolicyStatement[] = [];
