import {
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'checkout';

const isHealthy = async () => {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ order: 1 }) }));
  return JSON.parse(answer.Payload.transformToString()).errorType === undefined;
};

// Tests $LATEST, and publishes only what has passed. The hash makes sure that nobody else has deployed meanwhile.
export const handler = async ({ Files }) => {
  const { CodeSha256 } = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, Files }));
  const released = await isHealthy();
  if (released) {
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256 }));
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }));
  }
  return { released };
};
