// Stands in for a payment service, which takes its time.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const pay = async (buyer) => {
  await wait(420);
  return `paid by ${buyer}`;
};
