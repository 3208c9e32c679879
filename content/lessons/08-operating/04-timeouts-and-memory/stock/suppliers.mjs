// Stands in for suppliers on the network. West does not answer at all: a route is missing, or a firewall drops the packets.
const seconds = { north: 1.1, south: 1.2, east: 1.3, west: 3600 };

/** How many pieces a supplier has. `signal` is an AbortSignal that ends the waiting. */
export const ask = (supplier, signal) =>
  new Promise((resolve, reject) => {
    setTimeout(() => resolve(7), seconds[supplier] * 1000);
    signal?.addEventListener('abort', () => reject(new Error(`${supplier} did not answer`)));
  });
