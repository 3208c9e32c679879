// Stands in for a big library: it reads its fonts when it is loaded.
await new Promise((resolve) => setTimeout(resolve, 400));
console.log('fonts loaded');

export const asPdf = (seat) => ({ pdf: `%PDF ticket for seat ${seat}` });
