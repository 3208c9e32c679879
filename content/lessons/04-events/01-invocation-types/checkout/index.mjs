import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

export const handler = async (event) => {
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: 'send-mail',
      InvocationType: event.type,
      Payload: JSON.stringify(event.mail),
    }),
  );
  return {
    StatusCode: answer.StatusCode,
    FunctionError: answer.FunctionError,
    Payload: Buffer.from(answer.Payload).toString(),
  };
};
