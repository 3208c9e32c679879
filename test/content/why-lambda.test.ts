/** What the lessons of the unit "Why Lambda" say about their runs, run. */
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readFunctionFolder } from '../../content/function-folder.ts';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';

/** An account with a function of the unit and its neighbours; `send` sends one of its events, `wait` lets time pass. */
async function open(folder: string) {
  const { definition, events } = await readFunctionFolder(resolve('content/lessons/01-why-lambda', folder));
  const account = await createAccount();
  const session = sessionOf(account, defaultFacts);
  await session.deploy(definition);
  return {
    account,
    send: async (event: string, count = 1) => {
      const payload = events.find(({ name }) => name === event)?.text ?? '';
      const { invocations } = await session.run({ kind: 'invoke', payload, count });
      return invocations.map(({ payload: text, ...rest }) => ({
        ...rest,
        result: JSON.parse(text) as Record<string, unknown>,
      }));
    },
    wait: (minutes: number) => session.run({ kind: 'wait', milliseconds: minutes * 60_000 }),
    environments: () => account.trace.filter(({ type }) => type === 'environmentCreated').length,
    close: () => session.close(),
  };
}

it('a day of waiting adds nothing to the bill', async () => {
  const form = await open('01-what-serverless-means/contact-form');
  await form.send('message');
  const before = form.account.bill();
  await form.wait(24 * 60);
  expect(form.account.bill()).toEqual(before);
  form.close();
});

it('a timer counts one beat in five idle minutes, and begins again in a new process', async () => {
  const form = await open('01-what-serverless-means/contact-form');
  await form.send('message');
  await form.wait(5);
  expect((await form.send('message'))[0]?.result).toMatchObject({ secondsSinceStart: 300, beats: 1 });
  await form.wait(15);
  expect((await form.send('message'))[0]?.result).toMatchObject({ secondsSinceStart: 0, beats: 0 });
  form.close();
});

it('thirty buyers get thirty environments, and of twelve in a small hall two are refused', async () => {
  const tickets = await open('02-from-data-centres-to-functions/tickets');
  await tickets.send('buyer', 30);
  expect(tickets.environments()).toBe(30);
  tickets.close();
  const hall = await open('02-from-data-centres-to-functions/small-hall');
  const answers = await hall.send('buyer', 12);
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(2);
  hall.close();
});

it('the thumbnail function makes a picture of a photo, and may not read an invoice', async () => {
  const { send, close } = await open('03-what-lambda-is-good-for/thumbnail');
  expect((await send('photo'))[0]?.result).toEqual({ made: 'thumbnails/cat.jpg' });
  expect((await send('stray-invoice'))[0]).toMatchObject({
    functionError: 'Unhandled',
    result: { errorType: 'AccessDenied' },
  });
  close();
});

it('the whole report is cut off at 900 seconds, and four quarters are done after four minutes', async () => {
  const { account, send, close } = await open('04-when-not-to-use-lambda/report');
  expect((await send('all-pages'))[0]).toMatchObject({ result: { errorType: 'Sandbox.Timedout' } });
  const lines = account.trace.flatMap((event) => (event.type === 'logWritten' ? [event.message] : []));
  expect(lines.findLast((line) => line.includes('is ready'))).toContain('page 840 is ready');
  const began = account.clock.now;
  const quarters = await send('first-quarter', 4);
  expect(quarters.map(({ functionError }) => functionError)).toEqual([undefined, undefined, undefined, undefined]);
  expect(Math.floor((account.clock.now - began) / 60_000)).toBe(4);
  close();
});

it('of three people at once, one sees Ada and Ben in the chat room', async () => {
  const { send, wait, close } = await open('04-when-not-to-use-lambda/chat-room');
  await send('ada');
  expect((await send('ben'))[0]?.result).toEqual({ members: ['Ada', 'Ben'], count: 2 });
  const lists = (await send('ben', 3)).map(({ result }) => result['count']);
  expect(lists.sort()).toEqual([1, 1, 2]);
  await wait(15);
  expect((await send('ben'))[0]?.result).toEqual({ members: ['Ben'], count: 1 });
  close();
});

it('with its members in a table the room is the same for all, and stays', async () => {
  const { send, wait, environments, close } = await open('04-when-not-to-use-lambda/lobby');
  await send('ada');
  await wait(15);
  expect((await send('ben', 3)).map(({ result }) => result['count'])).toEqual([2, 2, 2]);
  expect(environments()).toBe(4);
  close();
});

it('in a hotel room Ben finds the bag of Ada and cannot repaint the walls; later the room is empty', async () => {
  const { send, wait, close } = await open('05-choose-your-compute/hotel-room');
  expect((await send('ada'))[0]?.result).toEqual({ found: 'nothing', repaint: 'EROFS' });
  expect((await send('ben'))[0]?.result).toEqual({ found: 'the bag of Ada', repaint: 'EROFS' });
  await wait(15);
  expect((await send('ben'))[0]?.result).toEqual({ found: 'nothing', repaint: 'EROFS' });
  close();
});
