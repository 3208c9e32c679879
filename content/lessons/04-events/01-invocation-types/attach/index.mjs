import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

export const handler = async ({ type, megabytes }) => {
  const mail = { to: 'ada', attachment: 'x'.repeat(megabytes * 1_000_000) };
  try {
    const { StatusCode } = await lambda.send(
      new InvokeCommand({ FunctionName: 'send-mail', InvocationType: type, Payload: JSON.stringify(mail) }),
    );
    return { status: StatusCode };
  } catch (error) {
    return { status: error.$metadata.httpStatusCode, error: error.message };
  }
};
