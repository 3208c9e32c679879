/** The function that an integration of API Gateway names: by its ARN, or by the address of Lambda's Invoke API. */

/** ARN of the function, with stage variables filled in; undefined when the text names none. */
export function functionOf(uri: string, stageVariables: Readonly<Record<string, string>> = {}): string | undefined {
  const filled = uri.replace(/\$\{stageVariables\.(\w+)\}/g, (text, name: string) => stageVariables[name] ?? text);
  const [, inUri] =
    /^arn:aws:apigateway:[\w-]+:lambda:path\/(?:2015-03-31|2021-11-15)\/functions\/(.+)\/(?:response-streaming-)?invocations$/.exec(
      filled,
    ) ?? [];
  const arn = inUri ?? filled;
  return /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(arn) ? arn : undefined;
}

/** Whether it is the address of InvokeWithResponseStream. */
export function isStreaming(uri: string): boolean {
  return uri.includes('/2021-11-15/') && uri.endsWith('/response-streaming-invocations');
}

/** Whether it can name one once its stage variables are there. */
export function namesFunction(uri: string): boolean {
  return functionOf(uri.replace(/\$\{stageVariables\.\w+\}/g, 'x')) !== undefined;
}
