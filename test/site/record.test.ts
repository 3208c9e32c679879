/** The learner's record in a real browser: it survives, is the same in every tab, travels as a file, and can be undone. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type CourseIndex, lessonsOf } from '../../src/progress/course-index.ts';
import { expectAccessible } from './axe.ts';
import { fileWith, recordAddress, RecordOnPage, storedFacts, untilStored } from './record.ts';
import { lessonAddress, RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const lesson = 'cold-and-warm-starts';
const opened = (id: string, at = 1000, about = lesson) => ({ kind: 'lesson-opened', id, at, lesson: about });
const answer = (id: string, at: number) => ({
  kind: 'answer-given',
  id,
  at,
  question: `${lesson}/cold-of-six`,
  hash: 'h',
  correct: true,
  given: 1,
  place: 'lesson',
});
const draft = (id: string, at: number, value: unknown) => ({
  kind: 'draft-kept',
  id,
  at,
  draft: `${lesson}/checkout`,
  version: 'v',
  value,
});
const ids = (facts: readonly { readonly id: string }[]) => facts.map(({ id }) => id);

test('a visit and what is typed survive a reload, and closing and opening again', () =>
  visit(
    lessonAddress,
    async ({ page, site }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit('export const handler = async () => "kept";');
      await page.reload();
      expect(await new RunnerOnPage(page).invoke()).toMatch(/result "kept"/);
      const facts = await storedFacts(page);
      expect(facts.map(({ kind }) => kind).sort()).toEqual(['draft-kept', 'lesson-opened']);
      const context = page.context();
      await page.close();
      const again = await context.newPage();
      await again.goto(new URL(lessonAddress, site).href);
      expect(await new RunnerOnPage(again).invoke()).toMatch(/result "kept"/);
      expect(await storedFacts(again)).toEqual(facts);
    },
    touch,
  ));

test('drafts of the older kind are taken over, once', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit('export const handler = async () => "from before";');
      await page.goto(new URL(recordAddress, new URL('../../', page.url())).href);
      const [kept] = (await storedFacts(page)).filter((fact) => fact.kind === 'draft-kept');
      await page.goto('about:blank');
      await page.goBack();
      await page.evaluate(
        async ([version, value]) => {
          await new Promise((resolve) => {
            const opening = indexedDB.open('coldstart');
            opening.onsuccess = () => {
              const writing = opening.result.transaction('entries', 'readwrite');
              writing.objectStore('entries').clear();
              writing.oncomplete = resolve;
            };
          });
          localStorage.clear();
          localStorage.setItem(`coldstart.draft/cold-and-warm-starts/checkout@${version}`, JSON.stringify(value));
        },
        [kept?.version, kept?.value] as const,
      );
      await page.goto(new URL(`../${lessonAddress}`, page.url()).href);
      expect(await new RunnerOnPage(page).invoke()).toMatch(/result "from before"/);
      const facts = await storedFacts(page);
      expect(facts.filter((fact) => fact.kind === 'draft-kept').map(({ at }) => at)).toEqual([0]);
      expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft/')))).toEqual([]);
    },
    touch,
  ));

test('another tab has at once what is done in one', () =>
  visit(recordAddress, async ({ page, site }) => {
    const other = await page.context().newPage();
    await other.goto(new URL(recordAddress, site).href);
    const record = new RecordOnPage(page);
    expect(await record.choose(fileWith([opened('a'), answer('b', 5)]))).toMatch(/1 lesson begun: Cold/);
    await record.add();
    const contents = other.getByRole('region', { name: 'What is in it now' });
    await contents.getByText('lesson begun').waitFor();
    await contents.getByText('answer, with 1 question right').waitFor();
    await new RecordOnPage(other).deleteEverything();
    await page.getByText('Nothing yet. It begins with the first lesson you open.').waitFor();
  }));

test('export, wipe, import on a fresh profile: everything is there', async () => {
  let file = '';
  let facts: unknown;
  await visit(
    lessonAddress,
    async ({ page, site }) => {
      await new RunnerOnPage(page).edit('export const handler = async () => "travels";');
      await page.goto(new URL(recordAddress, site).href);
      const record = new RecordOnPage(page);
      await record.choose(fileWith([answer('b', 5), opened('gone', 7, 'a-lesson-of-another-edition')]));
      await record.add();
      facts = await storedFacts(page);
      file = await record.download();
      await page.getByText(/^Your last copy is of /).waitFor();
      await record.deleteEverything();
      expect(await storedFacts(page)).toEqual([]);
    },
    touch,
  );
  expect(file).toContain('"course": "Coldstart"');
  await visit(
    recordAddress,
    async ({ page, site }) => {
      const record = new RecordOnPage(page);
      expect(await record.choose(file)).toMatch(
        /entr(y|ies) about what this edition of the course does not have: kept/,
      );
      expect(await storedFacts(page)).toEqual([]);
      await record.add();
      expect(await storedFacts(page)).toEqual(facts);
      expect(await record.choose(file)).toMatch(/There is nothing in it that you do not have already/);
      await page.goto(new URL(lessonAddress, site).href);
      expect(await new RunnerOnPage(page).invoke()).toMatch(/result "travels"/);
    },
    touch,
  );
});

test('two profiles that studied apart, merged both ways, are equal and have everything', async () => {
  const study = async (own: readonly unknown[], other?: string) => {
    let file = '';
    await visit(recordAddress, async ({ page }) => {
      const record = new RecordOnPage(page);
      await record.choose(fileWith(own));
      await record.add();
      if (other !== undefined) {
        await record.choose(other);
        await record.add();
      }
      file = await record.download();
    });
    return (JSON.parse(file) as { entries: { kind: string; id: string; value?: unknown }[] }).entries.filter(
      ({ kind }) => kind !== 'setting-chosen',
    );
  };
  const one = [opened('a'), answer('b', 5), draft('d1', 10, 'older')];
  const two = [opened('a'), answer('c', 6), draft('d2', 20, 'later')];
  const merged = await study(one, fileWith(two));
  expect(await study(two, fileWith(one))).toEqual(merged);
  expect(ids(merged).sort()).toEqual(['a', 'b', 'c', 'd2']);
});

test('what would be replaced is told, and an import can be undone', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith([draft('d1', 10, 'mine')]));
    await record.add();
    const before = await storedFacts(page);
    expect(await record.choose(fileWith([draft('d2', 20, 'theirs'), opened('a')]))).toMatch(
      /It would replace\s+1 function that you typed in here, by what was typed later elsewhere: checkout \(Cold/,
    );
    expect(await storedFacts(page)).toEqual(before);
    await record.add();
    expect(ids(await storedFacts(page)).sort()).toEqual(['a', 'd2']);
    await record.undo('Bring in a copy');
    expect(await storedFacts(page)).toEqual(before);
    expect(await record.choose(fileWith([draft('d0', 5, 'older')]))).toMatch(/older than what you have: yours stays/);
  }));

test('deleting asks, tells what goes, and can be undone until the page is left', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith([opened('a'), answer('b', 5), draft('d', 6, 'typed'), opened('o', 7, 'other')]));
    await record.add();
    const before = await storedFacts(page);
    await page.getByLabel('Delete', { exact: true }).selectOption(`lesson:${lesson}`);
    await page.getByRole('button', { name: 'Delete…' }).click();
    const question = record.section('Start again').getByRole('group');
    expect(await question.innerText()).toMatch(
      /Delete the lesson “Cold.*”\?\s+1 lesson begun: Cold.*\s+1 answer, with 1/,
    );
    await question.getByRole('button', { name: 'Keep' }).click();
    expect(await storedFacts(page)).toEqual(before);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    expect(ids(await untilStored(page, 1))).toEqual(['o']);
    await record.undo('Start again');
    expect(await storedFacts(page)).toEqual(before);
    await record.deleteEverything();
    await page.reload();
    await page.getByText('Nothing yet. It begins with the first lesson you open.').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await record.choose(fileWith([opened('a')]));
    await record.add();
    expect(ids(await storedFacts(page))).toEqual(['a']);
  }));

test('damaged files leave the record unharmed, and say what is wrong', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith([opened('mine')]));
    await record.add();
    const before = await storedFacts(page);
    const whole = await record.download();
    const table: [string, RegExp][] = [
      ['', /^This is empty\. Your record has not been changed\.$/],
      ['PK\u0003\u0004', /not a record of this course, and not JSON/],
      ['{"name":"package"}', /JSON, but not a record/],
      [
        fileWith([], { course: '<img src=x onerror=alert(1)>' }),
        /record of another course: <img src=x onerror=alert\(1\)>/,
      ],
      [fileWith([opened('a')], { version: 99 }), /written by a newer edition of the course/],
      [whole.slice(0, whole.lastIndexOf('}') - 20), /The file is damaged, probably cut/],
      [fileWith([{ ...opened('a'), lesson: {} }]), /Nothing in this file could be read\. 1 damaged entry/],
      [fileWith([opened('a', 1, '<script>alert(1)</script>'), opened('b')]), /1 damaged entry left out/],
      [fileWith([{ kind: 'unheard-of', id: 'x', at: 1 }, opened('b')]), /“unheard-of”, which this edition/],
      [
        '{"__proto__":{"polluted":1},"course":"Coldstart","version":1,"entries":[{"__proto__":{"kind":"x"}}]}',
        /damaged/,
      ],
      [
        JSON.stringify({ course: 'Coldstart', version: 0, drafts: { 'cold/f@v': 1 } }),
        /1 function you typed in: cold\/f/,
      ],
      ['['.repeat(100_000), /not JSON/],
    ];
    for (const [text, told] of table) expect(await record.choose(text)).toMatch(told);
    expect(await page.evaluate(() => (({}) as { polluted?: number }).polluted)).toBeUndefined();
    expect(await storedFacts(page)).toEqual(before);
  }));

test('fifty megabytes are refused by their size', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await page.getByLabel('Choose a file').focus();
    await page.getByLabel('Choose a file').evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(50_000_000)], 'huge.json'));
      input.files = files.files;
    });
    await page.getByRole('button', { name: 'See what is in it' }).waitFor();
    await page.getByLabel('Choose a file').dispatchEvent('change');
    expect(await record.outcome()).toMatch(/^This is 50 MB, and a record of this course never has more than 25 MB/);
  }));

test('a file can be dropped anywhere on the page, and text be pasted', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    const drop = (type: string) =>
      page.evaluate(
        ([name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
          const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector('h1')?.dispatchEvent(event);
          return event.defaultPrevented;
        },
        [type, fileWith([opened('dropped')])] as const,
      );
    // Before and after the tools are loaded.
    expect(await drop('dragover')).toBe(true);
    expect(await drop('drop')).toBe(true);
    expect(await record.outcome()).toMatch(/^dropped\.json\s+It would add\s+1 lesson begun/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await drop('dragover');
    await page.getByText('Drop it to see what is in it').waitFor();
    await drop('drop');
    expect(await record.outcome()).toMatch(/^dropped\.json\s+It would add\s+1 lesson begun/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByLabel('Or paste').fill(fileWith([opened('pasted')]));
    await page.getByRole('button', { name: 'See what is in it' }).click();
    expect(await record.outcome()).toMatch(/^What you pasted\s+It would add\s+1 lesson begun/);
  }));

test('a progress code travels as a link, is shown first, and counts once', async () => {
  let link = '';
  await visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith([opened('a'), { kind: 'lesson-read', id: 'r', at: 5, lesson }]));
    await record.add();
    await page.getByRole('button', { name: 'Make a code' }).click();
    const code = await page.getByLabel(/^Your code, \d+ characters$/).inputValue();
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    link = `${page.url()}#code=${code}`;
  });
  await visit(link, async ({ page }) => {
    const record = new RecordOnPage(page);
    expect(await record.outcome()).toMatch(
      /^A progress code, made on .*\s+It would add\s+1 lesson begun: .*\s+1 lesson read/,
    );
    expect(await storedFacts(page)).toEqual([]);
    await record.add();
    expect((await storedFacts(page)).map(({ kind }) => kind).sort()).toEqual(['lesson-opened', 'lesson-read']);
    expect(page.url()).not.toContain('#code');
    await page.getByLabel('Or paste').fill(link);
    await page.getByRole('button', { name: 'See what is in it' }).click();
    expect(await record.outcome()).toMatch(/There is nothing in it that you do not have already/);
    await page.getByLabel('Or paste').fill(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`);
    await page.getByRole('button', { name: 'See what is in it' }).click();
    await page.getByText('This code is mistyped or cut').waitFor();
  });
});

test('of this very course, with a question missed in every lesson, a code is short enough and says it all', async () => {
  const facts = (index: CourseIndex): readonly object[] =>
    lessonsOf(index).flatMap(({ id, predictions, questions }) => [
      { kind: 'lesson-opened', id: `opened ${id}`, at: 1000, lesson: id },
      { kind: 'lesson-read', id: `read ${id}`, at: 1000, lesson: id },
      ...predictions.map(({ id: prediction, hash }) => {
        const made = { kind: 'prediction-made', lesson: id, prediction, hash, held: false };
        return { ...made, id: `predicted ${id} ${prediction}`, at: 1000 };
      }),
      ...questions.slice(1).map(({ id: question, hash }) => ({ ...answer(question, 1000), question, hash })),
    ]);
  let link = '';
  let sent: readonly object[] = [];
  await visit(recordAddress, async ({ page, site }) => {
    sent = facts((await (await page.request.get(new URL('course-index.json', site).href)).json()) as CourseIndex);
    const record = new RecordOnPage(page);
    await record.choose(fileWith(sent));
    await record.add();
    await page.getByRole('button', { name: 'Make a code' }).click();
    const code = await page.getByLabel(/^Your code, \d+ characters$/).inputValue();
    expect(code.length).toBeLessThanOrEqual(300);
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    link = `${page.url()}#code=${code}`;
  });
  await visit(link, async ({ page }) => {
    await new RecordOnPage(page).add();
    await untilStored(page, sent.length);
  });
});

/** Before a page's scripts: the browser denies the site all storage. */
async function denyStorage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    }
  });
  await page.reload();
}

test('with storage denied the course works, says once what that means, and offers the file', () =>
  visit(
    lessonAddress,
    async ({ page, site }) => {
      await denyStorage(page);
      const runner = new RunnerOnPage(page);
      expect(await runner.invoke()).toMatch(/Request 1: cold start/);
      expect(await page.locator('record-notice[data-shown]').count()).toBe(0);
      await runner.edit('export const handler = async () => "not kept";');
      await page.getByText('This browser does not let this site keep anything.').waitFor();
      await expectAccessible(page);
      const file = await new RecordOnPage(page).download();
      expect(file).toContain('not kept');
      expect(await page.locator('record-notice[data-shown]').count()).toBe(0);
      await page.goto(new URL(recordAddress, site).href);
      await page.getByText('This browser does not let this site keep anything.').waitFor();
      const record = new RecordOnPage(page);
      await record.choose(file);
      await record.add();
      await page.getByText('function you typed in').waitFor();
      await record.undo('Bring in a copy');
    },
    touch,
  ));

test('with no room left it says so, and stores everything when there is room again', () =>
  visit(recordAddress, async ({ page, site }) => {
    const record = new RecordOnPage(page);
    const { origin } = new URL(site);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await record.choose(fileWith([opened('a')]));
    await record.add();
    await page.locator('record-notice').getByText('There is no room left in this browser’s storage.').waitFor();
    await page.getByText('lesson begun').waitFor();
    expect(await storedFacts(page)).toEqual([]);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await record.choose(fileWith([opened('b')]));
    await record.add();
    expect(ids(await untilStored(page, 2))).toEqual(['a', 'b']);
    await expect.poll(() => page.locator('record-notice[data-shown]').count()).toBe(0);
  }));

test('the browser is asked to keep the record once there is something to keep, and then no more', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      await page.addInitScript(() => {
        StorageManager.prototype.persisted = async () => false;
        StorageManager.prototype.persist = async () => {
          sessionStorage.setItem('asked', `${Number(sessionStorage.getItem('asked')) + 1}`);
          return false;
        };
      });
      const asked = () => page.evaluate(() => sessionStorage.getItem('asked'));
      await page.reload();
      await untilStored(page, 1);
      expect(await asked()).toBeNull();
      await new RunnerOnPage(page).edit('export const handler = async () => 1;');
      await expect.poll(asked).toBe('1');
      await page.reload();
      await new RunnerOnPage(page).edit('export const handler = async () => 2;');
      await expect.poll(async () => JSON.stringify(await storedFacts(page))).toContain('=> 2');
      expect(await asked()).toBe('1');
    },
    touch,
  ));

test('after much work the learner is reminded to keep a copy, once', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith(Array.from({ length: 60 }, (_, at) => answer(`a${at}`, 1000 + at))));
    await record.add();
    const notice = page.locator('record-notice');
    await notice.getByText('You have done a good deal that exists only in this browser').waitFor();
    await expectAccessible(page);
    await notice.getByRole('button', { name: 'Not now' }).click();
    await page.reload();
    await page.getByText('answers, with 1 question right').waitFor();
    expect(await page.locator('record-notice[data-shown]').count()).toBe(0);
  }));

test('a record that the browser deleted is missed', () =>
  visit(recordAddress, async ({ page }) => {
    const record = new RecordOnPage(page);
    await record.choose(fileWith([opened('a')]));
    await record.add();
    await page.goto('about:blank');
    await page.goBack();
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const deleting = indexedDB.deleteDatabase('coldstart');
          deleting.onsuccess = resolve;
          deleting.onblocked = resolve;
        }),
    );
    await page.reload();
    await page.getByText('Your record was here and is gone').waitFor();
    await page.getByRole('button', { name: 'Understood' }).click();
  }));

test('a newer edition of the course in another tab takes over, and this tab says so', () =>
  visit(recordAddress, async ({ page }) => {
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const newer = indexedDB.open('coldstart', 99);
          newer.onsuccess = () => {
            newer.result.close();
            resolve(undefined);
          };
        }),
    );
    await page.locator('record-notice').getByText('Another tab has a newer edition of the course.').waitFor();
    await page.reload();
    await page.locator('.trouble').getByText('Another tab has a newer edition of the course.').waitFor();
  }));

test('everything can be done with the keyboard alone', () =>
  visit(recordAddress, async ({ page }) => {
    const tabTo = async (name: string | RegExp, role: 'button' | 'textbox' | 'combobox' = 'button', part?: string) => {
      const target = (part === undefined ? page : page.getByRole('region', { name: part })).getByRole(role, { name });
      for (let pressed = 0; pressed < 40; pressed += 1) {
        await page.keyboard.press('Tab');
        if (await target.evaluate((element) => element === document.activeElement)) return;
      }
      expect.fail(`Tab does not lead to ${String(name)}.`);
    };
    await tabTo(/^Or paste/, 'textbox');
    await page.keyboard.insertText(fileWith([opened('a')]));
    await tabTo('See what is in it');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'What you pasted' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('group');
    await expectAccessible(page);
    await tabTo('Add to my record');
    await page.keyboard.press('Enter');
    expect(ids(await untilStored(page, 1))).toEqual(['a']);
    await tabTo('Make a code');
    await page.keyboard.press('Enter');
    await page.getByLabel(/^Your code/).waitFor();
    await tabTo('Delete', 'combobox');
    await tabTo('Delete…');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Delete everything?' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await tabTo('Delete…');
    await page.keyboard.press('Enter');
    await tabTo(/^Delete$/);
    await page.keyboard.press('Enter');
    await untilStored(page, 0);
    await tabTo('Undo', 'button', 'Start again');
    await page.keyboard.press('Enter');
    expect(ids(await untilStored(page, 1))).toEqual(['a']);
  }));

test('a lesson is read when its end was looked at, after half a minute with it', () =>
  visit(lessonAddress, async ({ page }) => {
    await page.clock.install();
    await page.reload();
    await page.locator('lesson-end').scrollIntoViewIfNeeded();
    await untilStored(page, 1);
    await page.clock.runFor(3000);
    expect((await storedFacts(page)).map(({ kind }) => kind)).toEqual(['lesson-opened']);
    await page.clock.runFor(40_000);
    expect((await untilStored(page, 2)).map(({ kind }) => kind)).toContain('lesson-read');
  }));
