exports.handler = (event, context, callback) => {
  const response = {
    statusCode: 200,
    body: JSON.stringify('Hello ' + event.key1),
  };
  callback(null, response);
};
