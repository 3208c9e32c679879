import { askInsurer } from './insurer.mjs';

export const handler = async (event, context) => {
  const quotes = [];
  for (const insurer of event.insurers) {
    quotes.push(await askInsurer(insurer));
    console.log(`${insurer} answered, ${context.getRemainingTimeInMillis()} ms left`);
  }
  return { quotes };
};
