import { store } from './store.mjs';

export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    try {
      const text = Buffer.from(kinesis.data, 'base64').toString();
      await store(JSON.parse(text));
    } catch (error) {
      console.error(error.message);
    }
  }
};
