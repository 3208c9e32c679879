import { reserve } from './warehouse.mjs';

export const handler = async (event) => {
  for (const record of event.Records) {
    await reserve(JSON.parse(record.body));
  }
};
