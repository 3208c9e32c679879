/** Messages about handlers: names that cannot be used, and callback handlers. */
import { runtimeError } from '../runtime-error.ts';

/** Generation 4 refuses handlers with three parameters. */
export function callbackRemoved(): Error {
  return runtimeError(
    'Runtime.CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}

/** Generation 3 warns of them once, at init. */
export const callbackWarning =
  'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.';

/** A handler string with `..` in it, or without a module and a function. */
export function malformedHandler(handler: string): Error {
  return runtimeError(
    'Runtime.MalformedHandlerName',
    handler.includes('..')
      ? `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`
      : 'Bad handler',
  );
}

/** What the runtime makes of a failure while loading the function. */
export function loadFailure(error: unknown): unknown {
  if (error instanceof SyntaxError) return runtimeError('Runtime.UserCodeSyntaxError', String(error));
  if (error instanceof Error && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND') {
    return runtimeError('Runtime.ImportModuleError', String(error));
  }
  return error;
}

/** The event loop ran empty while an async handler waited. */
export function neverSettled(): Error {
  return runtimeError(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}
