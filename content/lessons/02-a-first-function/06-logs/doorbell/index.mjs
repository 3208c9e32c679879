console.log('plugged in');

export const handler = async (event, context) => {
  console.log('rang at the', event.door, 'door');
  return { stream: context.logStreamName };
};
