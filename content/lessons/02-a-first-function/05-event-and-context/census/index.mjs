const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const handler = async (event, context) => {
  let counted = 0;
  while (counted < event.people && context.getRemainingTimeInMillis() > event.reserveMs) {
    await wait(400); // Asking one person.
    counted += 1;
  }
  return {
    counted,
    left: event.people - counted,
    leftMs: context.getRemainingTimeInMillis(),
    requestId: context.awsRequestId,
    arn: context.invokedFunctionArn,
    version: context.functionVersion,
    memory: context.memoryLimitInMB,
    logStream: context.logStreamName,
  };
};
