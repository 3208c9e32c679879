import { setTimeout as wait } from 'node:timers/promises';

export const handler = async ({ row, seat }) => {
  await wait(400); // the database answers; it allows three connections
  console.log(`held row ${row} seat ${seat}`);
  return { row, seat, held: true };
};
