import { LambdaClient, UpdateAliasCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'checkout';

export const handler = async ({ Files }) => {
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, Files }));
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' }));
  return { released: true };
};
