import { reserve } from './warehouse.mjs';

export const handler = async (event) => {
  const errors = [];
  for (const record of event.Records) {
    try {
      await reserve(JSON.parse(record.body));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} orders failed`);
};
