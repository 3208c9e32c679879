import { connect } from './printer.mjs';

let printer;

export const handler = async (event) => {
  if (!event.receipt) return { order: event.order };
  printer ??= await connect();
  await printer.print(event.order);
  return { order: event.order, printed: true };
};
