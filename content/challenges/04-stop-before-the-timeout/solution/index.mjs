import { render } from './renderer.mjs';

// The longest that one invoice takes, and a little for returning.
const needed = 600;

export const handler = async (event, context) => {
  const done = [];
  for (const invoice of event.invoices) {
    if (context.getRemainingTimeInMillis() < needed) break;
    await render(invoice);
    done.push(invoice);
  }
  return { done, rest: event.invoices.slice(done.length) };
};
