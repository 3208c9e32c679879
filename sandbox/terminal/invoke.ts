/** `npm run invoke -- <function folder>`: runs a function in the sandbox and prints logs, result and bill. */
import { ContentMistakeError } from '../../content/mistakes.ts';
import { FunctionFolderError, readFunctionFolder } from '../../content/function-folder.ts';
import { createAccount } from '../account.ts';
import { defaultFacts } from '../default-facts.ts';
import { FactError } from '../facts.ts';
import { NotSimulatedError, ServiceError } from '../lambda/errors.ts';
import { sessionOf } from '../worker/session.ts';
import { choosePayload } from './payload.ts';
import { readOptions, usage, UsageError, type InvokeOptions } from './options.ts';
import { printHuman, type Run } from './print.ts';

async function run(options: InvokeOptions): Promise<Run> {
  const folder = await readFunctionFolder(options.folder);
  const payload = await choosePayload(options, folder.events);
  const account = await createAccount({ seed: options.seed, freeTier: options.freeTier });
  const session = sessionOf(account, defaultFacts);
  try {
    const { settings, environment } = options;
    const definition = { ...folder.definition, ...settings };
    const variables = { ...definition.Environment?.Variables, ...environment };
    await session.deploy({ ...definition, Environment: { Variables: variables } });
    const invocations = [];
    for (let time = 0; time < options.times; time += 1) {
      if (time > 0 && options.gapMs > 0) await session.run({ kind: 'wait', milliseconds: options.gapMs });
      const update = await session.run({ kind: 'invoke', payload, count: options.burst });
      invocations.push(...update.invocations);
    }
    return { name: definition.FunctionName, trace: account.trace, invocations, bill: account.bill() };
  } finally {
    session.close();
  }
}

const expected = [UsageError, FunctionFolderError, ContentMistakeError, ServiceError, NotSimulatedError, FactError];

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
  } else {
    const result = await run(options);
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else printHuman(result, process.stdout);
    if (result.invocations.some(({ functionError, statusCode }) => functionError !== undefined || statusCode >= 400)) {
      process.exitCode = 1;
    }
  }
} catch (error) {
  if (!(error instanceof Error) || !expected.some((kind) => error instanceof kind)) throw error;
  console.error(`${error instanceof ServiceError ? `${error.name}: ` : ''}${error.message.trim()}`);
  process.exitCode = 2;
}
