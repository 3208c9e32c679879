// Stands in for a service that renders one invoice at a time; the next one waits for its turn.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let turn = Promise.resolve();

export const render = (invoice) => {
  turn = turn.then(async () => {
    const pages = 1 + ((Number(invoice.slice(-2)) * 7) % 5);
    await wait(pages * 95);
    console.log(`rendered ${invoice}`);
  });
  return turn;
};
