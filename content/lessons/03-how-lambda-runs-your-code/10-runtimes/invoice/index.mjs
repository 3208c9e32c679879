console.log(`running on Node.js ${process.versions.node.split('.')[0]}, ${process.env.AWS_EXECUTION_ENV}`);

export const handler = (event, context, callback) => {
  const total = event.items.reduce((sum, { price }) => sum + price, 0);
  callback(null, { invoice: event.invoice, total });
};
