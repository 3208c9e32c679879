import {
  InvokeCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});
const FunctionName = 'shop';

// The event is the package: its files by their paths. AWS takes them zipped, as ZipFile.
export const handler = async (Files) => {
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, Files }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });

  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"net": 100}' }));
  return JSON.parse(Payload.transformToString());
};
