import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({ maxAttempts: 1 });

const send = (issue, reader) =>
  lambda.send(new InvokeCommand({ FunctionName: 'send-mail', Payload: JSON.stringify({ issue, reader }) }));

export const handler = async ({ issue, readers }) => {
  await Promise.all(readers.map((reader) => send(issue, reader)));
  return { handedOver: readers.length };
};
