import { calibrate } from './calibration.mjs';
import { table } from './table.mjs';

export const handler = async (event) => {
  console.log('event', JSON.stringify(event, null, 2));
  const hot = [];
  let stored = 0;
  for (const reading of event.readings) {
    const celsius = calibrate(reading.raw);
    console.log('calibrated', JSON.stringify({ ...reading, celsius }));
    if (celsius > 40) {
      console.warn(`too hot: ${reading.sensor} reads ${celsius} °C`);
      hot.push(reading.sensor);
    }
    stored += await table.put([{ sensor: reading.sensor, celsius }]);
    console.log('stored', reading.sensor);
  }
  console.log('done', JSON.stringify({ stored, hot }));
  return { stored, hot };
};
