import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

export const handler = async ({ target, order }) => {
  try {
    const { StatusCode } = await lambda.send(
      new InvokeCommand({ FunctionName: target, InvocationType: 'Event', Payload: JSON.stringify({ order }) }),
    );
    return { status: StatusCode };
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
    return { status: error.$metadata.httpStatusCode, error: error.name };
  }
};
