// Stands in for a database client: opening a connection is slow, using it is quick.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const connect = async () => {
  await wait(180);
  console.log('connection opened');
  return {
    priceOf: async (product) => {
      await wait(6);
      return 5 + (product % 90);
    },
  };
};
