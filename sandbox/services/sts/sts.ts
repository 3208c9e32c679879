/** AWS Security Token Service, as far as asking who one is: GetCallerIdentity needs no permission. */
import type { Iam } from '../iam/iam.ts';
import type { Caller, Operation, Service, ServiceHost } from '../service.ts';

interface CallerIdentity {
  readonly UserId: string;
  readonly Account: string;
  readonly Arn: string;
}

export class Sts implements Service {
  readonly name = 'sts';
  readonly #host: ServiceHost;
  readonly #iam: Iam;

  constructor(host: ServiceHost, iam: Iam) {
    this.#host = host;
    this.#iam = iam;
  }

  readonly operations = {
    GetCallerIdentity: {
      action: 'sts:GetCallerIdentity',
      resources: () => [],
      run: (_input, caller) => this.#identify(caller),
    } satisfies Operation<object, CallerIdentity>,
  };

  #identify(caller: Caller): CallerIdentity {
    const { accountId } = this.#host.location;
    if (caller.kind !== 'role') return { UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` };
    const session = caller.sessionArn.slice(caller.sessionArn.lastIndexOf('/') + 1);
    const id = this.#iam.roleId(caller.roleArn) ?? 'AROA';
    return { UserId: `${id}:${session}`, Account: accountId, Arn: caller.sessionArn };
  }
}
