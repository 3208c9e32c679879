import { calibrate } from './calibration.mjs';
import { table } from './table.mjs';

const quiet = process.env.LOG_LEVEL !== 'debug';

export const handler = async ({ readings }) => {
  const hot = [];
  const writes = [];
  for (const { sensor, raw } of readings) {
    const celsius = calibrate(raw);
    if (!quiet) console.debug(sensor, celsius);
    if (celsius > 40) {
      console.warn(`too hot: ${sensor}, ${celsius}`);
      hot.push(sensor);
    }
    // All writes are on their way together.
    writes.push(table.put([{ sensor, celsius }]));
  }
  const counts = await Promise.all(writes);
  return { stored: counts.reduce((sum, count) => sum + count, 0), hot };
};
