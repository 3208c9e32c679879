export function charge({ order, cents }) {
  if (cents === undefined) console.log(`order ${order} is free`);
  else console.log(`order ${order} charged: ${cents} cents`);
}
