// Stands in for a client that few orders need: connecting is slow, printing is quick.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const connect = async () => {
  await wait(310);
  return { print: (order) => wait(9) };
};
