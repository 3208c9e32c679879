/** What Lambda sees of the account's services: roles from IAM, calls through the gateway. */
import type { Surroundings } from '../lambda/surroundings.ts';
import type { ApiAnswer } from '../runtime/contract.ts';
import type { Answer, Gateway } from './gateway/gateway.ts';
import type { Iam } from './iam/iam.ts';
import type { Caller } from './service.ts';

export function surroundingsOf(
  gateway: Gateway,
  iam: Iam,
  { region, accountId }: { readonly region: string; readonly accountId: string },
): Surroundings {
  const allows = (roleArn: string, action: string, resource: string): boolean => {
    const caller: Caller = { kind: 'role', roleArn, sessionArn: roleArn, environmentId: '' };
    return gateway.permissions.allows({ caller, action, resource });
  };
  return {
    ensureFunctionRole: (functionName, isTraced) => iam.ensureFunctionRole(functionName, isTraced),
    canAssume: (roleArn) => iam.canAssume(roleArn, 'lambda.amazonaws.com'),
    allows,
    canWriteLogs: (roleArn, logGroupName) => {
      const group = `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`;
      return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
        allows(roleArn, action, `${group}:log-stream:new`),
      );
    },
    callApi: (call, caller, done) => gateway.call({ ...call, caller }, (answer) => done(apiAnswer(answer))),
    answers: (url) => gateway.answering(url) !== undefined,
    request: (call, caller, done) => gateway.answering(call.url)?.answer(call, caller, done),
  };
}

function apiAnswer(answer: Answer): ApiAnswer {
  const { requestId, extendedRequestId } = answer;
  const ids = { requestId, ...(extendedRequestId === undefined ? {} : { extendedRequestId }) };
  if (answer.ok) return { ok: true, output: answer.output, ...ids };
  const { name, message, code, details } = answer.error as Error & {
    readonly code?: unknown;
    readonly details?: object;
  };
  return {
    ok: false,
    error: { name, message, details: { ...details }, ...(typeof code === 'number' ? { statusCode: code } : {}) },
    ...ids,
  };
}
