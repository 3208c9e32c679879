import { reserve } from './warehouse.mjs';

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    try {
      await reserve(JSON.parse(record.body));
    } catch (error) {
      console.error(`${record.messageId}: ${error.message}`);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
