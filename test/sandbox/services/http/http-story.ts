/** Stories about HTTP front doors: functions that follow a script, and what a client sends and gets. */
import type { Account } from '../../../../sandbox/account.ts';
import type { ReceivedResponse } from '../../../../sandbox/services/http/http-client.ts';
import type { TraceEvent } from '../../../../sandbox/trace.ts';
import { begin, type Story } from '../../lambda/story.ts';
import type { HandlerScript } from '../../scripted-process.ts';

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

type MakeAnswer = (event: Record<string, unknown>) => Partial<HandlerScript>;

export interface HttpStory extends Story {
  /** The events that the function got, parsed. */
  readonly events: () => readonly Record<string, unknown>[];
}

/** An account with the function `hello`, which answers `answer`, or what it makes of an event when it is a function. */
export async function beginHttp(
  answer: unknown = { statusCode: 200, body: 'hello' },
  settings: Parameters<typeof begin>[1] = {},
  options: Parameters<typeof begin>[2] = {},
): Promise<HttpStory> {
  const story = await begin(
    {
      handler: ({ payload = '{}' }) => {
        const event = JSON.parse(payload) as Record<string, unknown>;
        const made = typeof answer === 'function' ? (answer as MakeAnswer)(event) : undefined;
        return { ms: 10, ...(made ?? { respond: JSON.stringify(answer) }) };
      },
    },
    { Timeout: 60, ...settings },
    options,
  );
  return {
    ...story,
    events: () =>
      story.processes
        .flatMap(({ requests }) => requests)
        .map(({ payload = '{}' }) => JSON.parse(payload) as Record<string, unknown>),
  };
}

/** Lets a service invoke the function. */
export async function permit(account: Account, principal: string, SourceArn?: string): Promise<void> {
  await account.lambda.addPermission({
    FunctionName: 'hello',
    StatementId: principal.replaceAll('.', '-'),
    Action: 'lambda:InvokeFunction',
    Principal: principal,
    ...(SourceArn === undefined ? {} : { SourceArn }),
  });
}

/** Status and body. */
export async function short(response: Promise<ReceivedResponse>): Promise<string> {
  const { status, body } = await response;
  return `${status} ${body}`;
}

/** Events of one type. */
export function told<Type extends TraceEvent['type']>(
  account: Account,
  type: Type,
): readonly Extract<TraceEvent, { type: Type }>[] {
  return account.trace.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);
}
