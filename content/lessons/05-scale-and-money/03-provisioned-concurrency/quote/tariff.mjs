import { setTimeout as wait } from 'node:timers/promises';

/** Stands in for reading two years of tariffs, which takes a second and a half. */
export const loadTariff = async () => {
  await wait(1500);
  return { hatchback: 412, estate: 455 };
};
