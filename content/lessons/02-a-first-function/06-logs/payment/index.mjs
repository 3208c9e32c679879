export const handler = async (event) => {
  if (event.amount <= 0) throw new Error('amount must be positive');
  return { paid: event.amount, receipt: `R-${event.order}` };
};
