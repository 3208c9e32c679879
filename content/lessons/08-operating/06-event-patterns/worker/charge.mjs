export function charge({ order, cents }) {
  if (cents === undefined) throw new Error(`order ${order} cannot be charged: it has no amount`);
  console.log(`order ${order} charged: ${cents} cents`);
}
