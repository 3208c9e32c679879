import { store } from './store.mjs';

const readingOf = ({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64').toString());

export const handler = async ({ Records }) => {
  let done = 0;
  try {
    for (const record of Records) {
      await store(readingOf(record));
      done += 1;
    }
  } catch (error) {
    console.error(error);
  }
  return {
    batchItemFailures: Records.slice(done, done + 1).map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
  };
};
