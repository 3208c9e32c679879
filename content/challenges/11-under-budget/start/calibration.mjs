// The sensor's curve: raw value to °C, found by halving. It takes processor time.
const curve = (celsius) => 120 + 9.31 * celsius + 0.021 * celsius ** 2;

export const calibrate = (raw) => {
  let [low, high] = [-60, 120];
  for (let step = 0; step < 3000; step += 1) {
    const middle = (low + high) / 2;
    if (curve(middle) < raw) low = middle;
    else high = middle;
  }
  return Math.round(low * 10) / 10;
};
