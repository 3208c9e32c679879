// Stands in for a large file of bookings. readAll gives it whole, readLines one line after the other.
const perMonth = 2000;
const line = (number) => `${number};1;`.padEnd(4000, `booking ${number} `);

export async function* readLines(months) {
  for (let number = 1; number <= months * perMonth; number += 1) yield line(number);
}

export async function readAll(months) {
  const lines = [];
  for await (const one of readLines(months)) lines.push(one);
  return lines;
}
