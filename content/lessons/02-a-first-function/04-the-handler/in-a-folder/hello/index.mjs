export const handler = async (event) => {
  console.log('key1 is', event.key1);
  return {
    statusCode: 200,
    body: JSON.stringify(`Hello ${event.key1}`),
  };
};
