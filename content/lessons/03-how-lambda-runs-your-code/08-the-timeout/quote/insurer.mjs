import { setTimeout as wait } from 'node:timers/promises';

// Stands in for insurers that take their time: so many seconds for a quote.
const seconds = { Alba: 0.8, Brisk: 0.4, Corvus: 2.5, Dormouse: 40 };

export const askInsurer = async (insurer) => {
  await wait(seconds[insurer] * 1000);
  return { insurer, premium: 100 + insurer.length * 7 };
};
