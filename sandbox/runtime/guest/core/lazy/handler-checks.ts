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

/** Where the runtime itself loads the function, as generation 3 shows it. */
const loadingFrames = [
  '_loadUserApp (file:///var/runtime/index.mjs:1087:17)',
  'async UserFunction.js.module.exports.load (file:///var/runtime/index.mjs:1119:21)',
  'async start (file:///var/runtime/index.mjs:1282:23)',
  'async file:///var/runtime/index.mjs:1288:1',
];

/** What the runtime makes of a failure while loading the function. */
export function loadFailure(error: unknown, generation: 3 | 4): unknown {
  const name =
    error instanceof SyntaxError
      ? 'Runtime.UserCodeSyntaxError'
      : error instanceof Error && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND'
        ? 'Runtime.ImportModuleError'
        : undefined;
  if (name === undefined) return error;
  const wrapped = runtimeError(name, String(error));
  const { stack } = error as Error;
  const own = [`${name}: ${wrapped.message}`, ...loadingFrames.map((frame) => `    at ${frame}`)].join('\n');
  wrapped.stack = generation === 4 && name === 'Runtime.UserCodeSyntaxError' && stack !== undefined ? stack : own;
  return wrapped;
}

/** What the console says of a package.json that is not JSON. */
export function ignoredPackage(path: string, text: string): unknown[] {
  let problem: unknown;
  try {
    JSON.parse(text);
  } catch (error) {
    problem = error;
  }
  return [`${path} cannot be read, it will be ignored for ES module detection purposes.`, problem];
}

/** The event loop ran empty while an async handler waited. */
export function neverSettled(): Error {
  return runtimeError(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}
