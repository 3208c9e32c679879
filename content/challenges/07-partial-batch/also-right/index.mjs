import { reserve } from './warehouse.mjs';

export const handler = async ({ Records }) => {
  // An async function, so that a body that is not JSON rejects like everything else.
  const outcomes = await Promise.allSettled(Records.map(async ({ body }) => reserve(JSON.parse(body))));
  const failed = Records.filter((_, index) => outcomes[index].status === 'rejected');
  return failed.length === 0
    ? null
    : { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
