import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

const handOver = (issue, reader) =>
  lambda.send(
    new InvokeCommand({
      FunctionName: 'send-mail',
      InvocationType: 'Event',
      Payload: JSON.stringify({ issue, reader }),
    }),
  );

export const handler = async ({ issue, readers }) => {
  readers.map((reader) => handOver(issue, reader));
  return { handedOver: readers.length };
};
