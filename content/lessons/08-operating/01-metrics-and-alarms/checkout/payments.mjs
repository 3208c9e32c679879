// Stands in for the payment provider. It declines amounts above 1000, and takes its time over amounts of exactly 13.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const charge = async ({ amount }) => {
  await wait(amount === 13 ? 60_000 : 120);
  if (amount > 1000) throw new Error('declined');
};
