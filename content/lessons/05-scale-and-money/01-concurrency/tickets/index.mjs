import { setTimeout as wait } from 'node:timers/promises';

let served = 0;

export const handler = async (event) => {
  served += 1;
  await wait(200); // the booking system answers
  return { seats: event.seats, served };
};
