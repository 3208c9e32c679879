// Stands in for a PostgreSQL database with room for eight connections. A table keeps count of them.
import { take } from './connections.mjs';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function connect() {
  if (!(await take())) throw new Error('sorry, too many clients already');
  await wait(60);
  console.log('connection opened');
  return { save: () => wait(150) };
}
