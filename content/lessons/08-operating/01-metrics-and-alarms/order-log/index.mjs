export const handler = async (event) => {
  console.debug({ step: 'received', order: event.order, items: event.items });
  if (event.items.length > 3) console.warn({ step: 'large order', order: event.order, items: event.items.length });
  console.info({ step: 'packed', order: event.order, ms: 40 * event.items.length });
  return { order: event.order };
};
