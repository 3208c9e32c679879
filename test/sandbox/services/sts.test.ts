/** A function asks who it is. */
import { expect, test } from 'vitest';
import { createRole, deploy, invoke, openAccount } from './function-story.ts';

const handler = `
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
const sts = new STSClient({});
export const handler = async () => sts.send(new GetCallerIdentityCommand({}));
`;

test('a function is its role, in a session called as the function', async () => {
  const account = await openAccount();
  const Role = await createRole(account, []);
  await deploy(account, handler, { Role });
  expect(await invoke(account)).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:sts::123456789012:assumed-role/worker-role/worker',
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:worker$/) as string,
    $metadata: { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 },
  });
  account.dispose();
});
