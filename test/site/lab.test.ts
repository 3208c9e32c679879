/** The lab: every scenario runs and shows what it promises; mending, canary, dead-letter queue; saving; hostile files; cancel. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { LabOnPage } from './lab-page.ts';
import { hangFirstWorker } from './stuck-worker.ts';
import { useBrowser, visit, type VisitOptions } from './visit.ts';

useBrowser();

/** Opens the lab's page and does the work in it. */
const inLab = (work: (lab: LabOnPage) => Promise<void>, options?: VisitOptions, address = 'lab/') =>
  visit(address, ({ page }) => work(new LabOnPage(page)), options);

describe('scenarios', () => {
  test('a photo arrives, a thumbnail appears; the loop is stopped', () =>
    inLab(async (lab) => {
      await lab.open('A photo arrives, a thumbnail appears');
      expect(await lab.summary()).toBe('3 requests: 1 cold, 2 warm');
      await lab.resource('thumbnails', '3 objects');
      await lab.press('Put 20 photos');
      await lab.resource('thumbnails', '23 objects');
      await lab.press('From the beginning');
      await lab.press('Write into the same bucket');
      expect(await lab.summary()).toContain('1 stopped as a recursive loop');
    }));

  test('an API with a table: the second order of the same number is refused', () =>
    inLab(async (lab) => {
      await lab.open('An API with a table behind it');
      await lab.resource('orders', '1 item');
      const result = lab.lab.getByLabel('Latest result');
      await result.getByText('409').waitFor();
      await lab.press('200 orders in a minute');
      await lab.resource('orders', '201 items');
    }));

  test('a nightly job: three nights, three cold starts and one retry', () =>
    inLab(async (lab) => {
      await lab.open('A job at two in the morning');
      expect(await lab.summary()).toMatch(/^3 requests: 3 cold.* · 1 failed$/);
      await lab.resource('reports', '3 objects');
      await lab.press('Let a week pass');
      await lab.resource('reports', '10 objects');
    }));

  test('a poison message ends in the dead-letter queue, and comes back when the worker is mended', () =>
    inLab(async (lab) => {
      await lab.open('One message that always fails');
      await lab.resource('orders-dead', '1 visible, 0 in flight');
      await (await lab.panel('Resources')).getByRole('button', { name: 'Look inside queue orders-dead' }).click();
      await lab.lab.getByRole('region', { name: 'Contents of orders-dead' }).getByText('{"order":3}').waitFor();
      await lab.logged('order 3 cannot be charged');
      await lab.press('Mend the worker and redrive');
      await lab.resource('orders-dead', '0 visible, 0 in flight');
      await lab.logged('order 3 is free');
    }));

  test('a canary: about a tenth of 1,000 requests meets the new version; the slider takes it back', () =>
    inLab(async (lab) => {
      await lab.open('A canary with a tenth of the traffic');
      await lab.lab.getByRole('tab', { name: 'Versions and aliases' }).click();
      const rows = lab.lab.getByRole('table', { name: 'Requests of alias live by version' }).locator('tbody tr');
      const counts = async () => {
        await rows.nth(1).waitFor();
        return (await rows.allInnerTexts()).map((row) => row.split('\t').map(Number));
      };
      const [first, second] = await counts();
      expect(first?.[0]).toBe(1);
      expect((first?.[1] ?? 0) + (second?.[1] ?? 0)).toBe(1000);
      expect(second?.[1]).toBeGreaterThanOrEqual(70);
      expect(second?.[1]).toBeLessThanOrEqual(130);
      expect(first?.[2]).toBe(0);
      expect(second?.[2]).toBeGreaterThan(0);
      const alarms = await lab.panel('Metrics');
      await alarms.getByText('checkout-errors').waitFor();
      const slider = lab.lab.getByRole('slider', { name: /to version 2$/ });
      await slider.focus();
      await slider.press('Home');
      await lab.ready();
      await lab.lab.getByText('100 % to version 1, 0 % to version 2').waitFor();
      const commands = await lab.panel('Commands');
      await commands
        .getByText(
          `aws lambda update-alias --function-name checkout --name live --routing-config '{"AdditionalVersionWeights":{}}'`,
        )
        .first()
        .waitFor();
    }));

  test('a throttled neighbour, and the reservation that protects it', () =>
    inLab(async (lab) => {
      await lab.open('The import that starved the checkout');
      expect(await lab.summary()).toMatch(/throttled/);
      await lab.lab
        .getByText(/checkout/)
        .first()
        .waitFor();
      await lab.press('Reserve 20 for the import');
      const metrics = await lab.panel('Metrics');
      await metrics.getByLabel('Function').selectOption('checkout');
      await metrics
        .getByText(/in all/)
        .first()
        .waitFor();
    }));

  test('a poison record holds up a stream until the batch is halved', () =>
    inLab(async (lab) => {
      await lab.open('A poison record that holds up a stream');
      await lab.resource('clicks', '50 records');
      await lab.logged('click 20');
      await lab.press('Halve, limit, and keep failures');
      await lab.resource('failed-clicks', '1 visible, 0 in flight');
      await lab.logged('later 30');
    }));

  test('permission denied, and mended in the policy of the role', () =>
    inLab(
      async (lab) => {
        await lab.open('A function that may not read its own table');
        await lab.logged('is not authorized to perform: dynamodb:GetItem');
        await lab.lab.getByRole('tab', { name: /^policy\.json/ }).click();
        await lab.lab.locator('[data-action=edit]').click();
        const area = lab.lab.getByRole('textbox', { name: 'Code of policy.json' });
        await area.fill((await area.inputValue()).replace('table/orders', 'table/profiles'));
        await lab.press('Deploy');
        await lab.press(/^Invoke/);
        await lab.lab.getByLabel('Latest result').getByText('"Ada Lovelace"').waitFor();
        const commands = await lab.panel('Commands');
        await commands
          .getByText(/aws iam put-role-policy --role-name profile-role/)
          .last()
          .waitFor();
      },
      { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
    ));
});

test('an empty account: a function is made, invoked, given a trigger and fired', () =>
  inLab(async (lab) => {
    await lab.page.getByRole('button', { name: 'Empty account' }).click();
    await lab.ready();
    await lab.lab.getByLabel('Name of a new function').fill('hello');
    await lab.press('Create');
    await lab.press(/^Invoke/);
    await lab.lab.getByLabel('Latest result').getByText('"Hello from Lambda"').waitFor();
    await lab.panel('Triggers');
    await lab.press('Add');
    await lab.press('Let pass');
    await lab.lab.locator('[data-field=shot]').selectOption({ label: 'Send a message to orders' });
    await lab.press('Fire');
    await lab.press('Let pass');
    await lab.logged("eventSource: 'aws:sqs'");
    await lab.lab.getByRole('tab', { name: 'Configuration' }).click();
    await lab.lab.getByLabel('Memory').fill('512');
    await lab.press('Save configuration');
    await (await lab.panel('Commands')).getByText(/update-function-configuration .*--memory-size 512/).waitFor();
    await lab.panel('Resources');
    await expectAccessible(lab.page);
  }));

test('a refusal is mended by its button, and the next request is a trace', () =>
  inLab(async (lab) => {
    await lab.open('A function that may not read its own table');
    const pane = await lab.configuration('Role');
    const refused = pane.getByRole('list', { name: 'Refused' });
    await refused.waitFor();
    await lab.press(/^Allow dynamodb:GetItem on /);
    await refused.waitFor({ state: 'detached' });
    await pane.getByLabel(/^Active tracing/).check();
    await lab.press('Save configuration');
    await lab.press(/^Invoke/);
    await lab.lab.getByLabel('Latest result').getByText('"Ada Lovelace"').waitFor();
    const traces = await lab.panel('Traces');
    await traces.getByRole('button', { name: /profile .* OK/ }).click();
    const parts = traces.getByRole('region', { name: /^Trace 1-/ }).locator('tbody th');
    await parts.first().waitFor();
    expect((await parts.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'level 1: profile Lambda',
      'level 2: profile Lambda Function',
      'level 3: Initialization',
      'level 3: Invocation',
      'level 4: DynamoDB GetItem',
      'level 3: Overhead',
    ]);
    await expectAccessible(lab.page);
    const commands = await lab.panel('Commands');
    await commands.getByText(/attach-role-policy .*AWSXRayDaemonWriteAccess/).waitFor();
  }));

test('what the forms set is what the account has: layers, concurrency, asynchronous events, a mapping, permissions', () =>
  inLab(
    async (lab) => {
      await lab.page.getByRole('button', { name: 'Empty account' }).click();
      await lab.ready();
      await lab.lab.getByLabel('Name of a new function').fill('worker');
      await lab.press('Create');
      const pane = await lab.configuration('Layers');
      await lab.press('Publish');
      await lab.press('Attach');
      await pane.getByRole('list', { name: 'Attached layers, in order' }).getByText('greeting, version 1').waitFor();

      await lab.panel('Triggers');
      await lab.lab.locator('summary', { hasText: 'Batches, filters and failures' }).click();
      await lab.lab.getByLabel('Batch size').fill('3');
      await lab.lab.getByLabel('Filter: event patterns, one a line').fill('{"body":');
      await lab.lab.getByText('Line 1 is not JSON.').waitFor();
      await lab.lab.getByLabel('Filter: event patterns, one a line').fill('{"body":{"order":[{"exists":true}]}}');
      await lab.press('Add');
      await lab.press('Let pass');
      await lab.configuration('Asynchronous');
      await pane.getByLabel('On failure to').selectOption({ label: 'queue orders' });
      await lab.press('Set asynchronous invocation');
      await pane.locator('summary', { hasText: 'failure to orders' }).waitFor();
      await lab.lab.getByRole('tab', { name: 'Versions and aliases' }).click();
      await lab.press('Publish a version of $LATEST');
      await lab.press('Create alias');
      await lab.configuration('Concurrency', 'Policy');
      await lab.press('Set provisioned concurrency');
      await pane.locator('summary', { hasText: '1 provisioned on live' }).waitFor();
      await pane.getByLabel('Source ARN').fill('arn:aws:s3:::photos');
      await lab.press('Add permission');
      await pane.getByRole('list', { name: 'Statements' }).getByText('s3.amazonaws.com').waitFor();

      await lab.panel('Resources');
      await lab.lab.getByRole('button', { name: 'Options of the mapping of orders' }).click();
      expect(await lab.lab.getByLabel('Batch size').inputValue()).toBe('3');
      await lab.lab.getByLabel('Maximum concurrency').fill('2');
      await lab.press('Save options');
      const commands = await lab.panel('Commands');
      await commands.getByText(/update-event-source-mapping .*MaximumConcurrency":2/).waitFor();
      await expectAccessible(lab.page);
      expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    { colorScheme: 'dark', hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
  ));

test.each(['REST API', 'load balancer'] as const)('a %s is a trigger that answers', (kind) =>
  inLab(async (lab) => {
    await lab.open('A function that may not read its own table');
    const panel = await lab.panel('Triggers');
    await panel.locator('form', { hasText: 'Add a trigger' }).locator('select').first().selectOption(kind);
    await lab.press('Add');
    const address = kind === 'REST API' ? 'GET to REST API shop, prod' : 'GET to load balancer shop';
    await lab.lab.locator('[data-field=shot]').selectOption({ label: address });
    await lab.press('Fire');
    // The function fails here, which a front door turns into an answer of its own.
    await panel.getByText('HTTP 502').waitFor();
  }),
);

test('step goes to what happens next, and play lets time pass until it is paused', () =>
  inLab(async (lab) => {
    await lab.open('An API with a table behind it');
    await lab.lab.getByLabel(/only send it/).check();
    const before = await lab.summary();
    await lab.press(/^Invoke/);
    expect(await lab.summary()).toBe(before);
    await lab.lab.locator('[data-action=step]').click();
    await lab.page.waitForFunction((said) => document.querySelector('[data-summary]')?.textContent !== said, before);
    const clock = lab.lab.locator('.clock .now');
    const then = await clock.innerText();
    await lab.lab.locator('[data-action=play]').click();
    await lab.page.waitForFunction((said) => document.querySelector('.clock .now')?.textContent !== said, then);
    await lab.lab.locator('[data-action=pause]').click();
    await lab.ready();
  }));

test('export, wipe, import gives the same state', () =>
  inLab(async (lab) => {
    await lab.open('One message that always fails');
    await lab.press('Mend the worker and redrive');
    await lab.press(/^Invoke/);
    const before = await lab.state();
    const [download] = await Promise.all([
      lab.page.waitForEvent('download'),
      lab.lab.getByRole('button', { name: 'Export' }).click(),
    ]);
    const folder = await mkdtemp(join(tmpdir(), 'lab-'));
    const file = join(folder, 'lab.json');
    await download.saveAs(file);
    await lab.page.evaluate(() => {
      localStorage.clear();
      indexedDB.deleteDatabase('coldstart');
    });
    await lab.page.goto(new URL('../about/', lab.page.url()).href);
    await lab.page.goBack();
    await lab.page.locator('[data-list] input[type=file]').setInputFiles({
      name: 'lab.json',
      mimeType: 'application/json',
      buffer: await readFile(file),
    });
    await lab.ready();
    expect(await lab.state()).toEqual(before);
  }));

test('what was open is there again on the next visit', () =>
  inLab(async (lab) => {
    await lab.open('A function that may not read its own table');
    await lab.press('Allow GetItem on the table');
    const before = await lab.state();
    await lab.page.waitForTimeout(600);
    await lab.page.goto(new URL('../about/', lab.page.url().replace(/#.*$/, '')).href);
    await lab.page.goto(new URL('../lab/', lab.page.url()).href);
    await lab.page.getByRole('button', { name: 'Go on where you were' }).click();
    await lab.ready();
    expect(await lab.state()).toEqual(before);
  }));

test('a link brings a whole lab and does not run by itself', () =>
  inLab(
    async (lab) => {
      await lab.open('A function that may not read its own table');
      const before = await lab.state();
      await lab.lab.getByRole('button', { name: 'Share' }).click();
      const link = await lab.lab.getByLabel('Link with this whole lab').inputValue();
      await lab.page.goto(new URL('../about/', lab.page.url().replace(/#.*$/, '')).href);
      await lab.page.goto(link);
      await lab.page.getByText('It has not been run.').waitFor();
      expect(lab.page.workers()).toHaveLength(0);
      await lab.page.getByRole('button', { name: 'Run it' }).click();
      await lab.ready();
      expect(await lab.state()).toEqual(before);
    },
    { permissions: ['clipboard-write'] },
  ));

describe('what cannot be opened says why and changes nothing', () => {
  test.each([
    ['cut', '{"format":"coldstart-lab","ver', 'It is not JSON: it was probably cut, or is another kind of file.'],
    ['from elsewhere', '{"format":"coldstart-record"}', 'It does not say that it is one'],
    ['newer', '{"format":"coldstart-lab","version":7}', 'It was made by a newer version of this page (7).'],
    [
      'hostile',
      '{"format":"coldstart-lab","version":1,"title":"x","start":{"__proto__":{}},"actions":[]}',
      'start has a member named __proto__, which no lab has.',
    ],
  ])('a file that is %s', (_what, text, message) =>
    inLab(async (lab) => {
      await lab.open('A function that may not read its own table');
      const before = await lab.state();
      await lab.lab.locator('input[type=file]').setInputFiles({
        name: 'lab.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
      await lab.lab.getByText(`lab.json cannot be opened. ${message}`).first().waitFor();
      expect(await lab.announced()).toContain('Nothing was changed.');
      expect(await lab.state()).toEqual(before);
    }),
  );

  test('a file of 6 MB', () =>
    inLab(async (lab) => {
      await lab.page.locator('[data-list] input[type=file]').setInputFiles({
        name: 'large.json',
        mimeType: 'application/json',
        buffer: Buffer.alloc(6_000_000, 32),
      });
      await lab.page.getByText('large.json has 6 MB; a lab has at most 5. Nothing was changed.').first().waitFor();
      await lab.page.getByRole('button', { name: 'All scenarios' }).click();
      await lab.page.getByRole('link', { name: 'A canary with a tenth of the traffic' }).waitFor();
    }));

  test('a damaged link', () =>
    inLab(
      async (lab) => {
        await lab.page.getByText('The link cannot be opened. It is damaged').first().waitFor();
        expect(lab.page.workers()).toHaveLength(0);
      },
      {},
      'lab/#lab=1.7VZNb9s4EP0r',
    ));
});

test('a long run tells how far it is, can be cancelled, and the page goes on from there', () =>
  inLab(async (lab) => {
    await lab.open('An API with a table behind it');
    await lab.lab.getByLabel('Or so many requests').fill('100000');
    await lab.lab.getByLabel('over minutes').fill('1440');
    await lab.press('Send them');
    await lab.lab.getByLabel('How much time passes').selectOption({ label: '1 day' });
    await lab.lab.locator('[data-action=wait]').click();
    await lab.lab.getByRole('progressbar', { name: 'Running' }).waitFor();
    // The page answers while the worker is at work.
    await lab.panel('Commands');
    await lab.lab.locator('[data-action=cancel]').click();
    await lab.ready();
    await lab.lab.getByText(/orders: [\d]+ of 100000 sent/).waitFor();
    await lab.lab.getByRole('button', { name: 'stop it' }).click();
    await lab.ready();
    await lab.press(/^Invoke/);
  }));

test('a worker that hangs is ended, the page says so, and restores what was there', () =>
  inLab(async (lab) => {
    await hangFirstWorker(lab.page, ['perform']);
    await lab.page.reload();
    await lab.open('A function that may not read its own table');
    const before = await lab.state();
    await lab.page.clock.install();
    await lab.lab.locator('[data-action=invoke]').click();
    await lab.page.clock.runFor(11_000);
    await lab.lab
      .getByText(/The sandbox did not answer for 10 seconds and was ended/)
      .first()
      .waitFor();
    await lab.page.clock.resume();
    await lab.press('Restore it to before this');
    expect(await lab.state()).toEqual(before);
  }));

test.each([
  ['dark', 1440],
  ['light', 390],
] as const)('an open lab has no axe violation and does not scroll sideways, %s, %i wide', (colorScheme, width) =>
  inLab(
    async (lab) => {
      await lab.open('A canary with a tenth of the traffic');
      for (const panel of ['Logs', 'Metrics', 'Traces', 'Resources', 'Triggers', 'Bill', 'Commands'] as const) {
        await lab.panel(panel);
        await expectAccessible(lab.page);
      }
      for (const part of ['Configuration', 'Versions and aliases', 'Code']) {
        await lab.lab.getByRole('tab', { name: part }).click();
        await expectAccessible(lab.page);
      }
      expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
    { colorScheme, viewport: { width, height: 900 } },
  ),
);

test('a scenario in a page shows its recorded opening, and runs what it offers', () =>
  visit('lab/', async ({ page, requested }) => {
    const scenario = page.getByRole('region', { name: 'Scenario: One message that always fails' });
    await scenario.getByText('1 to a dead-letter queue').waitFor();
    expect(requested.filter((path) => /host|wasm|worker/.test(path))).toEqual([]);
    await scenario.getByRole('button', { name: 'Mend the worker and redrive' }).click();
    await scenario.getByText('order 3 is free').waitFor({ timeout: 45_000 });
    await scenario.getByRole('link', { name: 'Open it in the lab' }).click();
    await new LabOnPage(page).ready();
  }));
