export const handler = async (event) => {
  console.log('event', JSON.stringify(event));
  const body = JSON.parse(event.body);
  return { statusCode: 200, body: JSON.stringify(`Hello ${body.name}`) };
};
