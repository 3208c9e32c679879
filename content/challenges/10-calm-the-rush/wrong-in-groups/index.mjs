import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({ maxAttempts: 1 });

const send = (issue, reader) =>
  lambda.send(new InvokeCommand({ FunctionName: 'send-mail', Payload: JSON.stringify({ issue, reader }) }));

export const handler = async ({ issue, readers }) => {
  for (let first = 0; first < readers.length; first += 4) {
    await Promise.all(readers.slice(first, first + 4).map((reader) => send(issue, reader)));
  }
  return { handedOver: readers.length };
};
