/** The same calls give the same bytes in the browser's worker and in Node, and again when repeated. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { Call, Reply } from '../../sandbox/worker/protocol.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';
import { lessonAddress, RunnerOnPage } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

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
async function wireOfAVisit(): Promise<Wire> {
  let wire: Wire | undefined;
  await visit('about/', async ({ page }) => {
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
  });
  if (wire === undefined) throw new Error('The visit ended early.');
  return wire;
}

/** The same calls in Node. */
async function replay(calls: readonly Call[]): Promise<Reply[]> {
  let session: ReturnType<typeof sessionOf> | undefined;
  const replies: Reply[] = [];
  for (const { id, request } of calls) {
    if (request.method === 'open') {
      session = sessionOf(await createAccount(request.options), defaultFacts);
      replies.push({ id, ok: true });
    } else if (session !== undefined) {
      if (request.method === 'deploy') replies.push({ id, ok: true, update: await session.deploy(request.definition) });
      if (request.method === 'run') replies.push({ id, ok: true, update: await session.run(request.step) });
    }
  }
  session?.close();
  return replies;
}

test('browser and Node, byte for byte', async () => {
  const wire = await wireOfAVisit();
  const again = await wireOfAVisit();
  const inNode = await replay(wire.calls);
  expect(wire.replies.length).toBeGreaterThan(10);
  expect(JSON.stringify(inNode)).toBe(JSON.stringify(wire.replies));
  expect(JSON.stringify(again.replies)).toBe(JSON.stringify(wire.replies));
});
