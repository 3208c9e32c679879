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
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));

  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));

  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'live', Payload }));
  if (!FunctionError) return { released: true };

  const before = String(Number(Version) - 1);
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: before }));
  return { released: false };
};
