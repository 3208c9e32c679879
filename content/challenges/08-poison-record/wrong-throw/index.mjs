import { store } from './store.mjs';

export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    const text = Buffer.from(kinesis.data, 'base64').toString();
    try {
      await store(JSON.parse(text));
    } catch (error) {
      throw new Error(`record ${kinesis.sequenceNumber}: ${error.message}`);
    }
  }
};
