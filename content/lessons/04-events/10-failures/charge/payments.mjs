// Stands in for a payment service that is down from nine o'clock until ten past.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const pay = async (order, amount) => {
  await wait(40);
  const now = new Date();
  if (now.getUTCHours() === 9 && now.getUTCMinutes() < 10) throw new Error('payment service is down');
  return `receipt-${order}-${amount}`;
};
