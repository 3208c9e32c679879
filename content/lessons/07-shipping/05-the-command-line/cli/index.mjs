import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

// Returns what `aws lambda invoke` prints, and what it writes to the output file.
export const handler = async ({ FunctionName, InvocationType, Payload }) => {
  const command = new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify(Payload) });
  const { StatusCode, FunctionError, ExecutedVersion, Payload: output } = await lambda.send(command);
  return {
    printed: { StatusCode, FunctionError, ExecutedVersion },
    'out.json': output.transformToString(),
  };
};
