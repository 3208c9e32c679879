/** The same calls give the same bytes in the browser's worker and in Node, and again when repeated in another language. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { Call, Reply } from '../../sandbox/worker/protocol.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';
import type { Session, SessionUpdate } from '../../sandbox/worker/session.types.ts';
import { lessonAddress, RunnerOnPage } from './runner.ts';
import { useBrowser, visit, type Visit } from './visit.ts';

useBrowser();

interface Wire {
  readonly calls: Call[];
  readonly replies: Reply[];
}

/** From the next page on, keeps what the page and its worker say to each other. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const wire = { calls: [] as unknown[], replies: [] as unknown[] };
    const RealWorker = Worker;
    Object.assign(globalThis, {
      wire,
      Worker: class extends RealWorker {
        constructor(...parameters: ConstructorParameters<typeof RealWorker>) {
          super(...parameters);
          this.addEventListener('message', ({ data }) => wire.replies.push(data));
        }
        override postMessage(message: unknown): void {
          wire.calls.push(message);
          super.postMessage(message);
        }
      },
    });
  });
}

/** A visit with everything in it: cold, warm, idle, burst, other memory. */
async function wireOfAVisit(locale: string): Promise<Wire> {
  let wire: Wire | undefined;
  const work = async ({ page }: Visit): Promise<void> => {
    await listen(page);
    await page.goto(new URL(`../${lessonAddress}`, page.url()).href);
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    await runner.invoke();
    await runner.wait('1 h');
    await runner.burst();
    await runner.press(/^Memory: /);
    await runner.section.getByLabel('Memory', { exact: true }).fill('1769');
    await runner.invoke();
    wire = await page.evaluate(() => (globalThis as unknown as { wire: Wire }).wire);
  };
  await visit('about/', work, { locale });
  if (wire === undefined) throw new Error('The visit ended early.');
  return wire;
}

/** What the sandbox answered, without the numbers that the wire gives to calls. */
const updatesOf = (replies: readonly Reply[]): string =>
  JSON.stringify(replies.flatMap((reply) => ('ok' in reply && reply.ok && reply.update ? [reply.update] : [])));

/** The same calls in Node. */
async function replay(calls: readonly Call[]): Promise<string> {
  const sessions = new Map<number, Session>();
  const updates: SessionUpdate[] = [];
  for (const { request } of calls) {
    if (!('session' in request)) continue;
    const session = sessions.get(request.session);
    if (request.method === 'open') {
      sessions.set(request.session, sessionOf(await createAccount(request.options), defaultFacts));
    }
    if (request.method === 'deploy' && session) updates.push(await session.deploy(request.definition));
    if (request.method === 'run' && session) updates.push(await session.run(request.step));
  }
  for (const session of sessions.values()) session.close();
  return JSON.stringify(updates);
}

/** The neighbourhood of the first byte in which two texts differ; undefined when they are the same. */
function firstDifference(one: string, other: string): { one: string; other: string } | undefined {
  if (one === other) return undefined;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return { one: one.slice(Math.max(0, at - 300), at + 60), other: other.slice(Math.max(0, at - 300), at + 60) };
}

test('browser and Node, byte for byte', async () => {
  const wire = await wireOfAVisit('en-US');
  const inBrowser = updatesOf(wire.replies);
  const again = await wireOfAVisit('mn-Mong-CN');
  const inNode = await replay(wire.calls);
  expect(inBrowser).toContain('configuration-changed');
  expect(firstDifference(inNode, inBrowser)).toBeUndefined();
  expect(firstDifference(updatesOf(again.replies), inBrowser)).toBeUndefined();
});
