import { render } from './renderer.mjs';

export const handler = async (event) => {
  const done = event.invoices.slice(0, 5);
  for (const invoice of done) await render(invoice);
  return { done, rest: event.invoices.slice(5) };
};
