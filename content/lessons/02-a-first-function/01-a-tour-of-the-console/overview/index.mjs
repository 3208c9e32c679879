import { GetAccountSettingsCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

async function find(arn) {
  try {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: arn }));
    return { found: Configuration.FunctionName, runtime: Configuration.Runtime };
  } catch (error) {
    return { found: null, error: error.name };
  }
}

export const handler = async (event) => {
  if (event.arn) return find(event.arn);
  const { AccountLimit, AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}));
  return {
    region: process.env.AWS_REGION,
    functions: AccountUsage.FunctionCount,
    codeBytes: AccountUsage.TotalCodeSize,
    codeBytesAtMost: AccountLimit.TotalCodeSize,
    concurrency: AccountLimit.ConcurrentExecutions,
    unreservedConcurrency: AccountLimit.UnreservedConcurrentExecutions,
  };
};
