import { store } from './store.mjs';

export const handler = async (event) => {
  let done;
  for (const { kinesis } of event.Records) {
    try {
      const text = Buffer.from(kinesis.data, 'base64').toString();
      await store(JSON.parse(text));
      done = kinesis.sequenceNumber;
    } catch (error) {
      console.error(error.message);
      break;
    }
  }
  return { batchItemFailures: done ? [{ itemIdentifier: done }] : [] };
};
