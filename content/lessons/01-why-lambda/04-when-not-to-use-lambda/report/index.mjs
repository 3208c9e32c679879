import { render } from './renderer.mjs';

export const handler = async ({ from, to }) => {
  for (let page = from; page <= to; page += 1) {
    await render(page);
    if (page % 60 === 0) console.log(`page ${page} is ready`);
  }
  return { from, to, ready: true };
};
