import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const greeting = 'Hello';

async function ask(FunctionName, Qualifier) {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier, Payload: '{}' }));
  return JSON.parse(Payload.transformToString());
}

export const handler = async (event, context) => {
  const { functionName, memoryLimitInMB } = context;
  if (!event.compare) return `${greeting}, with ${memoryLimitInMB} MB`;
  return {
    latest: await ask(functionName, '$LATEST'),
    version1: await ask(functionName, '1'),
  };
};
