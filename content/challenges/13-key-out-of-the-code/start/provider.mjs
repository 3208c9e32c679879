// Stands for the payment provider.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function payBack({ order, key }) {
  await wait(40);
  return { order, keyEndsWith: key.slice(-3) };
}
