export const handler = async (event) => {
  const terms = event.multiValueQueryStringParameters?.search ?? [event.queryStringParameters?.search];
  console.log(terms);
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/plain' },
    body: `looking for ${terms.join(' and ')}`,
  };
};
