import { loadTariff } from './tariff.mjs';

const tariff = await loadTariff();
console.log('tariff loaded');

export const handler = async ({ car }) => ({ car, premium: tariff[car] });
