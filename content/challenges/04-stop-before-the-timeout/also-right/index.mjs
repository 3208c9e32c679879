import { render } from './renderer.mjs';

export const handler = async ({ invoices }, context) => {
  const rest = [...invoices];
  const done = [];
  let longest = 500;
  while (rest.length > 0 && context.getRemainingTimeInMillis() > longest + 50) {
    const before = context.getRemainingTimeInMillis();
    const invoice = rest.shift();
    await render(invoice);
    done.push(invoice);
    longest = Math.max(longest, before - context.getRemainingTimeInMillis());
  }
  return { done, rest };
};
