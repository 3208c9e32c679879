// Stands in for a proxy before the same database. Clients connect to the proxy; it lends each of them one of the
// database's connections for as long as a transaction takes, and lets them wait when none is free.
import { give, take } from './connections.mjs';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function connect() {
  await wait(60);
  console.log('connected to the proxy');
  return {
    save: async () => {
      while (!(await take())) await wait(20);
      await wait(150);
      await give();
    },
  };
}
