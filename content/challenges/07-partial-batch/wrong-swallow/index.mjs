import { reserve } from './warehouse.mjs';

export const handler = async (event) => {
  for (const record of event.Records) {
    try {
      await reserve(JSON.parse(record.body));
    } catch (error) {
      console.error(error.message);
    }
  }
};
