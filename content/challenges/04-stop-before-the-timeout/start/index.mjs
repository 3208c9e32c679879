import { render } from './renderer.mjs';

export const handler = async (event) => {
  const done = [];
  for (const invoice of event.invoices) {
    await render(invoice);
    done.push(invoice);
  }
  return { done, rest: [] };
};
