/** What the HTTP sides of REST and HTTP APIs have in common. Source: API Gateway guide. */
import { factNumber, type Facts } from '../../facts.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { Exchange } from './front-door.ts';

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const bytesPerMB = 1024 * 1024;

/** `JKJaXmPLvHcESHA=`: the id of a request in the words of API Gateway. */
export const newGatewayRequestId = (ids: Random): string => `${newToken(ids, 15, base64)}=`;

/** Whether the body of the request is more than an API takes. */
export function isTooLarge({ request }: Exchange, facts: Facts): boolean {
  return (request.body?.length ?? 0) > factNumber(facts, 'apigw-payload') * bytesPerMB;
}

/** What policies call a method of an API: `arn:aws:execute-api:…:a1b2c3/prod/GET/orders`. */
export function executeApiArn(
  { region, accountId }: { readonly region: string; readonly accountId: string },
  { apiId, stage, method, path }: Readonly<Record<'apiId' | 'stage' | 'method' | 'path', string>>,
): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${method}${path}`;
}

/** Who called, where the method asks IAM. */
export function iamUserArn({ caller }: Exchange, authorizationType: string): string | undefined {
  return authorizationType === 'AWS_IAM' && caller.kind === 'role' ? caller.sessionArn : undefined;
}
