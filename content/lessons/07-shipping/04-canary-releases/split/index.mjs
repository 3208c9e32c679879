import { InvokeCommand, LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'checkout';

export const handler = async ({ weights, requests }) => {
  const RoutingConfig = { AdditionalVersionWeights: weights };
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', RoutingConfig }));

  const served = { 1: 0, 2: 0 };
  for (let request = 0; request < requests; request += 1) {
    const { ExecutedVersion } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'live' }));
    served[ExecutedVersion] += 1;
  }
  return served;
};
