import { charge } from './payments.mjs';

export const handler = async (event) => {
  if (event.amount === undefined) throw new Error(`order ${event.order} has no amount`);
  try {
    await charge(event);
  } catch (error) {
    console.error(`order ${event.order}: ${error.message}`);
    return { statusCode: 500, order: event.order };
  }
  return { statusCode: 200, order: event.order };
};
