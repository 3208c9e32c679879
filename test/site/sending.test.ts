/** Runners whose button sends something that leads to the function: a queue's messages, an asynchronous event. */
import { expect, test } from 'vitest';
import { RunnerOnPage } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const queues = async (runner: RunnerOnPage) =>
  (await runner.section.getByLabel('Messages in the queues').allInnerTexts()).join(' ').replace(/\s+/g, ' ');

test('messages are sent to a queue, come again, and end in its dead-letter queue', () =>
  visit('lessons/sqs-queues/', async ({ page }) => {
    const runner = new RunnerOnPage(page, 'invitations');
    const sent = await runner.until(() => runner.press(/^SendMessageBatch/));
    expect(sent).toMatch(/^Request 1: cold start, .*no such address/);
    expect(await queues(runner)).toBe('invitations 10 messages');
    expect(await runner.wait('5 min')).toBe('5 min passed, 2 invocations meanwhile.');
    expect(await queues(runner)).toBe('invitations 0 messages invitations-failed 10 messages');
    expect((await runner.log()).filter((line) => line.includes('mail to'))).toHaveLength(21);
  }));

test('an asynchronous event is tried again while time passes', () =>
  visit('lessons/failures/', async ({ page }) => {
    const runner = new RunnerOnPage(page, 'charge');
    expect(await runner.until(() => runner.press(/^Invoke asynchronously/))).toMatch(
      /^Request 1: cold start, .*payment service is down/,
    );
    expect(await runner.wait('15 min')).toBe('15 min passed, 2 invocations meanwhile, 1 environment is gone.');
    expect(await runner.until(() => runner.press(/^Invoke asynchronously/))).toMatch(/^Request 2: cold start/);
    expect((await runner.log()).filter((line) => line.includes('is paid'))).toHaveLength(1);
  }));

test('what a service refuses is told', () =>
  visit('lessons/sqs-queues/', async ({ page }) => {
    const runner = new RunnerOnPage(page, 'invitations');
    await runner.until(() => runner.press(/^SendMessageBatch/));
    await runner.section.getByLabel('Input of SendMessageBatch', { exact: true }).fill('{ "QueueUrl": "nowhere" }');
    expect(await runner.until(() => runner.press(/^SendMessageBatch/))).toContain(
      'QueueDoesNotExist: The specified queue does not exist.',
    );
  }));
