export const handler = async (event) => {
  const { multiValueQueryStringParameters: all, queryStringParameters: one } = event;
  const terms = all?.search ?? [one?.search];
  console.log(terms);
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/plain' },
    body: `looking for ${terms.join(' and ')}`,
  };
};
