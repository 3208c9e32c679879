import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({ maxAttempts: 4 });

export const handler = async ({ issue, readers }) => {
  let handedOver = 0;
  for (const reader of readers) {
    const Payload = JSON.stringify({ issue, reader });
    const { StatusCode } = await lambda.send(
      new InvokeCommand({ FunctionName: 'send-mail', InvocationType: 'Event', Payload }),
    );
    if (StatusCode === 202) handedOver += 1;
  }
  return { handedOver };
};
