// Stands in for the database. It takes the readings of a meter in order, and is busy when it is first asked for reading 5.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const asked = new Set();
const last = new Map();

export const store = async ({ meter, number }) => {
  await wait(10);
  if (number === 5 && !asked.has(meter)) {
    asked.add(meter);
    throw new Error(`reading 5 of ${meter}: the database is busy`);
  }
  if (number <= (last.get(meter) ?? 0)) console.log(`${meter} out of order: ${number} after ${last.get(meter)}`);
  last.set(meter, number);
  console.log(`stored reading ${number} of ${meter}`);
};
