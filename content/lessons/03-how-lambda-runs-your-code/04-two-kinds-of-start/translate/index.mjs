import { load, parse } from './dictionary.mjs';

console.log('loading');
const dictionary = await load(Number(process.env.LOAD_MS));
console.log('loaded');

export const handler = async (event) => {
  const word = parse(event.text);
  return { word, translation: dictionary.get(word) ?? null };
};
