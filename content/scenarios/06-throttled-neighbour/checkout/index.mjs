export const handler = async ({ order }) => ({ order, total: 40 });
