import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

// Plays a colleague who may look at functions, and has no permission for secrets.
export const handler = async (event, { functionName: FunctionName }) => {
  const { Environment } = await new LambdaClient({}).send(new GetFunctionConfigurationCommand({ FunctionName }));
  console.log('in the configuration:', JSON.stringify(Environment.Variables));
  await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: Environment.Variables.SECRET_NAME }));
};
