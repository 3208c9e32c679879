// Stands in for the warehouse. It knows no article X, and is busy when it is first asked for an article B.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const asked = new Set();

export const reserve = async ({ order, article }) => {
  await wait(25);
  if (article === 'X') throw new Error(`order ${order}: there is no article ${article}`);
  if (article === 'B' && !asked.has(order)) {
    asked.add(order);
    throw new Error(`order ${order}: the warehouse is busy`);
  }
  console.log(`reserved order ${order}`);
};
