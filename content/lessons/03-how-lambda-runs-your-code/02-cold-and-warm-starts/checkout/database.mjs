// Stands in for a database client: opening a connection is slow, using it is quick.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const connect = async () => {
  await wait(265);
  return { save: (order) => wait(6) };
};
