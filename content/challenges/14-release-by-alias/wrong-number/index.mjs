import {
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'checkout';
const Payload = '{"order": 1}';

export const handler = async ({ Files }) => {
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, Files }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 20 }, { FunctionName });
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  const Version = '2';

  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: Version, Payload }));
  if (FunctionError) return { released: false };

  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
  return { released: true };
};
