/** What the roles of functions were refused, until they may do it: what somebody wants to know who mends a policy. */
import type { Account } from '../account.ts';
import { factValue, type Facts } from '../facts.ts';
import type { TraceEvent } from '../trace.ts';
import type { FunctionView } from './lab.types.ts';

/** The latest refusals that are kept of each role. */
const most = 5;

type Denied = FunctionView['denied'][number];

export class Denials {
  readonly #account: Account;
  /** What services call a refusal. */
  readonly #errors: ReadonlySet<string>;
  readonly #byRole = new Map<string, readonly Denied[]>();

  constructor(account: Account, facts: Facts) {
    this.#account = account;
    const services = factValue(facts, 'err-access-denied-services') as Readonly<Record<string, { type: string }>>;
    this.#errors = new Set(['AccessDeniedException', ...Object.values(services).map(({ type }) => type)]);
  }

  read(event: TraceEvent): void {
    if (event.type !== 'serviceCalled' || event.errorName === undefined || !this.#errors.has(event.errorName)) return;
    const { caller: roleArn, service, operation, resource = '*' } = event;
    const action = this.#account.services.service(service)?.operations[operation]?.action;
    if (action === undefined || this.#isAllowed(roleArn, { action, resource })) return;
    const before = (this.#byRole.get(roleArn) ?? []).filter(
      (each) => each.action !== action || each.resource !== resource,
    );
    this.#byRole.set(roleArn, [...before, { action, resource }].slice(-most));
  }

  /** What the role still may not do, the latest last. */
  of(roleArn: string): readonly Denied[] {
    return (this.#byRole.get(roleArn) ?? []).filter((denied) => !this.#isAllowed(roleArn, denied));
  }

  #isAllowed(roleArn: string, { action, resource }: Denied): boolean {
    const caller = { kind: 'role' as const, roleArn, sessionArn: roleArn, environmentId: '' };
    return this.#account.services.permissions.allows({ caller, action, resource });
  }
}
