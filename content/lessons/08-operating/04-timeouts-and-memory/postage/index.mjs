import { loadTariffs } from './tariffs.mjs';

const domestic = 4.5;
const abroad = await loadTariffs();

export const handler = async ({ country, kilograms }) => {
  const perKilogram = country === 'here' ? domestic : abroad[country];
  return { country, postage: perKilogram * kilograms };
};
