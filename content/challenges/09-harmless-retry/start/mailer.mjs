// Stands in for a mail service on a bad day: it refuses the first message about every even order.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const refused = new Set();

export const sendReceipt = async (order) => {
  await wait(40);
  if (order % 2 === 0 && !refused.has(order)) {
    refused.add(order);
    throw new Error(`mail service: message about order ${order} refused, try again`);
  }
  console.log(`receipt for order ${order} sent`);
};
