const { save } = require('./subscribers.mjs');

exports.handler = (event, context, callback) => {
  console.log('event', event);
  const { email } = JSON.parse(event.body);
  save(email)
    .then((number) => callback(null, { statusCode: 200, body: { number } }))
    .catch((error) => callback(error));
};
