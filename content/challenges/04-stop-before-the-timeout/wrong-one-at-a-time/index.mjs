import { render } from './renderer.mjs';

export const handler = async ({ invoices: [next, ...rest] }) => {
  await render(next);
  return { done: [next], rest };
};
