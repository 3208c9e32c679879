// Stands in for the network around the function: what can be reached from where. A packet without a route is not refused:
// nothing answers, and the client waits.
const reached = {
  none: ['bank', 'table'],
  private: ['database'],
  endpoint: ['database', 'table'],
  nat: ['database', 'table', 'bank'],
};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function connect(to) {
  if (reached[process.env.VPC].includes(to)) return wait(35);
  await wait(130_000);
  throw new Error(`connect ETIMEDOUT ${to}`);
}
