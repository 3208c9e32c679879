/** Waiters: they ask again and again, with longer and longer pauses, until something is as wanted. */
import type { Client, Command } from './client.ts';

interface WaiterParameters {
  readonly client: Client;
  /** Seconds, as the others. */
  readonly maxWaitTime: number;
  readonly minDelay?: number;
  readonly maxDelay?: number;
  readonly abortSignal?: AbortSignal;
}

type State = 'SUCCESS' | 'FAILURE' | 'RETRY';

interface WaiterDescription {
  readonly operation: string;
  readonly minDelay: number;
  readonly onOutput: (output: any) => State;
  /** By the error's name; an error that is not named here fails the waiter. */
  readonly onError?: Readonly<Record<string, State>>;
}

const always = (): State => 'SUCCESS';
const never = (): State => 'RETRY';

const instances =
  (wanted: string, hopeless: readonly string[]) =>
  (output: any): State => {
    const states: string[] = output.Reservations.flatMap((reservation: any) =>
      reservation.Instances.map((instance: any) => instance.State.Name as string),
    );
    if (states.length > 0 && states.every((state) => state === wanted)) return 'SUCCESS';
    return states.some((state) => hopeless.includes(state)) ? 'FAILURE' : 'RETRY';
  };

const functionState =
  (member: string, wanted: string) =>
  (output: any): State => {
    const state: unknown = (output.Configuration ?? output)[member];
    if (state === wanted) return 'SUCCESS';
    return state === 'Failed' ? 'FAILURE' : 'RETRY';
  };

const notYet = { 'InvalidInstanceID.NotFound': 'RETRY' } as const;

const waiters: Readonly<Record<string, Readonly<Record<string, WaiterDescription>>>> = {
  s3: {
    BucketExists: { operation: 'HeadBucket', minDelay: 5, onOutput: always, onError: { NotFound: 'RETRY' } },
    BucketNotExists: { operation: 'HeadBucket', minDelay: 5, onOutput: never, onError: { NotFound: 'SUCCESS' } },
    ObjectExists: { operation: 'HeadObject', minDelay: 5, onOutput: always, onError: { NotFound: 'RETRY' } },
    ObjectNotExists: { operation: 'HeadObject', minDelay: 5, onOutput: never, onError: { NotFound: 'SUCCESS' } },
  },
  dynamodb: {
    TableExists: {
      operation: 'DescribeTable',
      minDelay: 20,
      onOutput: (output) => (output.Table.TableStatus === 'ACTIVE' ? 'SUCCESS' : 'RETRY'),
      onError: { ResourceNotFoundException: 'RETRY' },
    },
    TableNotExists: {
      operation: 'DescribeTable',
      minDelay: 20,
      onOutput: never,
      onError: { ResourceNotFoundException: 'SUCCESS' },
    },
  },
  ec2: {
    InstanceRunning: {
      operation: 'DescribeInstances',
      minDelay: 15,
      onOutput: instances('running', ['shutting-down', 'terminated', 'stopping']),
      onError: notYet,
    },
    InstanceStopped: {
      operation: 'DescribeInstances',
      minDelay: 15,
      onOutput: instances('stopped', ['pending', 'terminated']),
    },
    InstanceExists: {
      operation: 'DescribeInstances',
      minDelay: 5,
      onOutput: (output) => (output.Reservations.length > 0 ? 'SUCCESS' : 'RETRY'),
      onError: notYet,
    },
  },
  lambda: {
    FunctionExists: {
      operation: 'GetFunction',
      minDelay: 1,
      onOutput: always,
      onError: { ResourceNotFoundException: 'RETRY' },
    },
    FunctionActive: { operation: 'GetFunctionConfiguration', minDelay: 5, onOutput: functionState('State', 'Active') },
    FunctionActiveV2: { operation: 'GetFunction', minDelay: 1, onOutput: functionState('State', 'Active') },
    FunctionUpdated: {
      operation: 'GetFunctionConfiguration',
      minDelay: 5,
      onOutput: functionState('LastUpdateStatus', 'Successful'),
    },
    FunctionUpdatedV2: {
      operation: 'GetFunction',
      minDelay: 1,
      onOutput: functionState('LastUpdateStatus', 'Successful'),
    },
  },
};

const longestDelay = 120;

/** `waitUntilTableExists` and its like of one service. */
export function createWaiters(service: string, commands: Record<string, typeof Command>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(waiters[service] ?? {}).map(([name, description]) => [
      `waitUntil${name}`,
      (parameters: WaiterParameters, input: unknown) =>
        wait(description, commands[`${description.operation}Command`]!, parameters, input),
    ]),
  );
}

async function wait(
  { operation: _operation, ...description }: WaiterDescription,
  CommandClass: typeof Command,
  { client, maxWaitTime, minDelay = description.minDelay, maxDelay = longestDelay, abortSignal }: WaiterParameters,
  input: unknown,
): Promise<{ state: 'SUCCESS'; reason: unknown }> {
  if (!(maxWaitTime > 0)) throw new Error('WaiterConfiguration.maxWaitTime must be greater than 0');
  const end = Date.now() + maxWaitTime * 1000;
  for (let attempt = 1; ; attempt += 1) {
    const { state, reason } = await look(description, CommandClass, client, input);
    if (state === 'SUCCESS') return { state, reason };
    if (state === 'FAILURE') throw waiterError('Error', 'FAILURE', reason);
    const longest = Math.min(maxDelay, minDelay * 2 ** (attempt - 1));
    const delay = (minDelay + Math.random() * (longest - minDelay)) * 1000;
    if (Date.now() + delay > end) throw waiterError('TimeoutError', 'TIMEOUT', reason);
    await new Promise((resolve) => void internals.timers.setTimeout(resolve, delay));
    if (abortSignal?.aborted === true) throw waiterError('AbortError', 'ABORTED', reason);
  }
}

async function look(
  { onOutput, onError }: Omit<WaiterDescription, 'operation'>,
  CommandClass: typeof Command,
  client: Client,
  input: unknown,
): Promise<{ state: State; reason: unknown }> {
  try {
    const reason: unknown = await client.send(new CommandClass(input));
    return { state: onOutput(reason), reason };
  } catch (error) {
    return { state: onError?.[(error as Error).name] ?? 'FAILURE', reason: error };
  }
}

const waiterError = (name: string, state: string, reason: unknown): Error =>
  Object.assign(new Error(JSON.stringify({ state, reason })), { name });
