import { calibrate } from './calibration.mjs';
import { table } from './table.mjs';

export const handler = async (event) => {
  const items = event.readings.map(({ sensor, raw }) => ({ sensor, celsius: calibrate(raw) }));
  const tooHot = items.filter(({ celsius }) => celsius > 40);
  const stored = await table.put(items);
  return { stored, hot: tooHot.map(({ sensor }) => sensor) };
};
