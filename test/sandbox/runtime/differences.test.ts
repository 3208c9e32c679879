/** Every difference that the course names is there, with what the learner gets instead. */
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../../sandbox/account.ts';
import { knownDifferences } from '../../../sandbox/runtime/differences.ts';
import { networkDifferences, simulatorDifferences } from '../../../sandbox/runtime/simulator-differences.ts';

describe('where the simulator differs from Lambda', () => {
  test.each(simulatorDifferences.map((difference) => [difference.id, difference] as const))(
    '%s',
    { timeout: 30_000 },
    async (_id, { example, gives }) => {
      const account = await createAccount({ seed: 7 });
      await account.lambda.createFunction({
        FunctionName: 'difference',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { Files: { 'index.mjs': `export const handler = async () => { ${example} };` } },
        MemorySize: 10_240,
        Timeout: 60,
      });
      const { Payload } = await account.lambda.invoke({ FunctionName: 'difference', Payload: '{}' });
      account.dispose();
      const answer = JSON.parse(Payload) as unknown;
      if ('result' in gives) expect(answer).toEqual(gives.result);
      else
        expect(answer).toMatchObject({
          errorMessage: expect.stringMatching(new RegExp(`^${escape(gives.error)}`)) as string,
        });
    },
  );

  test('no difference is named twice', () => {
    const ids = [...simulatorDifferences, ...networkDifferences, ...knownDifferences].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
