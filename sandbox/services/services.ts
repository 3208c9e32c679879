/** Makes the services of an account and the gateway that calls reach them through. */
import { Gateway } from './gateway/gateway.ts';
import { Iam } from './iam/iam.ts';
import type { ServiceHost } from './service.ts';
import { Sts } from './sts/sts.ts';

export interface AccountServices {
  readonly gateway: Gateway;
  readonly iam: Iam;
  readonly sts: Sts;
}

export function createServices(host: ServiceHost): AccountServices {
  const iam = new Iam(host);
  const gateway = new Gateway(host, iam);
  return { gateway, iam, sts: gateway.register(new Sts(host, iam)) };
}
