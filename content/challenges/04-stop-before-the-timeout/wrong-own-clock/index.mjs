import { render } from './renderer.mjs';

export const handler = async (event) => {
  const start = Date.now();
  const done = [];
  for (const invoice of event.invoices) {
    if (Date.now() - start > 2400) break;
    await render(invoice);
    done.push(invoice);
  }
  return { done, rest: event.invoices.slice(done.length) };
};
