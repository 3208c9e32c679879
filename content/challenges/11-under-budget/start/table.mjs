// Stands in for a table. A write takes 6 ms and a little more for each item; 25 items fit into one.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const table = {
  put: async (items) => {
    if (items.length > 25) throw new RangeError('A write takes at most 25 items.');
    const started = Date.now();
    await wait(6 + items.length * 0.2);
    // Frozen in between: by then the connection is closed.
    if (Date.now() - started > 500) console.error(`write interrupted, ${items.length} items lost`);
    return items.length;
  },
};
