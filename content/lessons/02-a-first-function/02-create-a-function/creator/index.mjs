import { CreateFunctionCommand, InvokeCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

// The sandbox takes the files themselves. AWS takes them zipped, as ZipFile.
const Code = {
  Files: { 'index.mjs': 'export const handler = async (event) => `Hello ${event.name}`;' },
};

export const handler = async (configuration) => {
  const created = await lambda.send(new CreateFunctionCommand({ ...configuration, Code }));
  const { FunctionName, FunctionArn, Architectures, MemorySize, Timeout } = created;

  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });

  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ name: 'Ada' }) }));
  const answer = JSON.parse(Payload.transformToString());
  return { FunctionArn, Architectures, MemorySize, Timeout, answer };
};
