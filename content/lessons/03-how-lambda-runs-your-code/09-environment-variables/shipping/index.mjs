const freeFrom = Number(process.env.FREE_FROM);
console.log(`shipping is free from ${freeFrom}`);

export const handler = async (event) => {
  const shipping = event.total >= freeFrom ? 0 : 4.9;
  return { total: event.total, shipping };
};
