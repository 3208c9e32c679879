import { render } from './renderer.mjs';

export const handler = async (event, context) => {
  const done = [];
  for (const invoice of event.invoices) {
    if (context.getRemainingTimeInMillis() < 100) break;
    await render(invoice);
    done.push(invoice);
  }
  return { done, rest: event.invoices.slice(done.length) };
};
