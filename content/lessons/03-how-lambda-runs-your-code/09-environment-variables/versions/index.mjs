import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

export const handler = async (event, context) => {
  const variablesOf = async (Qualifier) => {
    const command = new GetFunctionConfigurationCommand({ FunctionName: context.functionName, Qualifier });
    const { Environment } = await lambda.send(command);
    return Environment.Variables;
  };
  return { mine: process.env.FREE_FROM, version1: await variablesOf('1'), latest: await variablesOf('$LATEST') };
};
