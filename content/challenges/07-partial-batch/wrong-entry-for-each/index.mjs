import { reserve } from './warehouse.mjs';

const attempt = async ({ body }) => {
  try {
    await reserve(JSON.parse(body));
    return true;
  } catch {
    return false;
  }
};

export const handler = async ({ Records }) => {
  const worked = await Promise.all(Records.map(attempt));
  // An entry for each message, empty where it worked.
  return { batchItemFailures: Records.map(({ messageId }, at) => ({ itemIdentifier: worked[at] ? '' : messageId })) };
};
