/** Marks, percentages and the way on, on every page and in every tab; the progress page. */
import { gzipSync } from 'node:zlib';
import { type Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { ago, day, finished, hour, lessonAtWork, readIndex, writeFacts } from './learner.ts';
import { lessonAddress } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const percent = (page: Page) => page.locator('.course-progress [data-percent]');
const way = (page: Page) => page.locator('.course-progress [data-continue]');

test('a first visit shows the way in, and loads no index', () =>
  visit('about/', async ({ page, requested }) => {
    await page.waitForLoadState('networkidle');
    expect(await percent(page).innerText()).toBe('0%');
    expect(await way(page).innerText()).toMatch(/^Start: /);
    expect(requested.filter((path) => path.startsWith('course-index.json'))).toEqual([]);
  }));

test('opening a lesson marks it as begun, in words too', () =>
  visit(lessonAddress, async ({ page }) => {
    const link = page.locator('#starlight__sidebar a[aria-current=page]');
    await link.locator('[data-progress=begun]').waitFor();
    expect(await link.innerText()).toContain('begun:');
  }));

test('the last step of a lesson finishes it in the other tab at once', () =>
  visit(lessonAddress, async ({ page, site }) => {
    const lesson = lessonAtWork(await readIndex(page));
    const [first] = lesson.predictions;
    const missing = (entry: { kind: string; prediction?: string }) =>
      entry.kind === 'prediction-made' && entry.prediction === first?.id;
    await writeFacts(
      page,
      finished(lesson).filter((entry) => !missing(entry)),
    );
    await page.reload();
    const other = await page.context().newPage();
    await other.goto(new URL('lessons/', site).href);
    const mark = other.locator(`.lessons [data-lesson="${lesson.id}"]`);
    await other.locator(`.lessons [data-lesson="${lesson.id}"][data-progress=begun]`).waitFor();
    expect(await way(other).innerText()).toBe(`Continue: ${lesson.label}`);
    await page.locator(`#${first?.id}`).getByText('once', { exact: true }).click();
    await other.locator(`.lessons [data-lesson="${lesson.id}"][data-progress=done]`).waitFor();
    expect(await mark.innerText()).toContain('done:');
    await page.getByRole('heading', { name: 'This lesson is done' }).waitFor();
  }));

test('a corrected question asks again, and the lesson says so', () =>
  visit(lessonAddress, async ({ page }) => {
    const lesson = lessonAtWork(await readIndex(page));
    const [corrected] = lesson.questions;
    const facts = finished(lesson).map((entry) =>
      entry.kind === 'answer-given' && entry.question === corrected?.id ? { ...entry, hash: 'earlier' } : entry,
    );
    await writeFacts(page, facts);
    await page.reload();
    const standing = page.getByRole('region', { name: 'This lesson is begun' });
    await standing.getByText('One question was corrected since you answered, and asks again.').waitFor();
    expect(await standing.getByText(/answered right/).innerText()).toBe(
      `${lesson.questions.length - 1} of ${lesson.questions.length} questions answered right`,
    );
    expect(await way(page).getAttribute('href')).toContain(`#question-${corrected?.id.split('/')[1]}`);
  }));

test('the way on leads to the heading one had read down to', () =>
  visit(lessonAddress, async ({ page, site }) => {
    const [, section] = lessonAtWork(await readIndex(page)).sections;
    await page.mouse.wheel(0, 10);
    await page.locator(`#${section?.id}`).evaluate((heading) => heading.scrollIntoView());
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.goto(new URL('about/', site).href);
    await way(page)
      .and(page.locator(`[href$="${lessonAddress}#${section?.id}"]`))
      .click();
    await page.waitForURL(`**/#${section?.id}`);
  }));

/** A learner who has read, answered and reviewed for some weeks. */
async function withPast(page: Page): Promise<ReturnType<typeof lessonAtWork>> {
  const lesson = lessonAtWork(await readIndex(page));
  const [known, wrong, guessed] = lesson.questions;
  if (!known || !wrong || !guessed) throw new Error('The lesson has too few questions.');
  const given = { kind: 'answer-given', given: null, place: 'lesson' } as const;
  await writeFacts(page, [
    ago(9 * day, { kind: 'lesson-opened', lesson: lesson.id }),
    ago(9 * day, { kind: 'time-spent', lesson: lesson.id, seconds: 600 }),
    ago(2 * day, { kind: 'time-spent', lesson: lesson.id, seconds: 90 }),
    ago(9 * day, { ...given, question: known.id, hash: known.hash, correct: true, confidence: 'sure' }),
    ago(9 * day, { ...given, question: wrong.id, hash: wrong.hash, correct: false, confidence: 'sure' }),
    ago(2 * day, { ...given, question: guessed.id, hash: guessed.hash, correct: true, confidence: 'guess' }),
    ago(hour, { kind: 'card-reviewed', question: known.id, hash: known.hash, rating: 'good' }),
  ]);
  return lesson;
}

describe('the progress page', () => {
  test('says what will be here before there is something', () =>
    visit('progress/', async ({ page }) => {
      await page.getByText('There is nothing here yet.', { exact: false }).waitFor();
      await expectAccessible(page);
    }));

  test.each(['dark', 'light'] as const)('shows units, topics, reviews, days and confidence, %s', (colorScheme) =>
    visit(
      'progress/',
      async ({ page }) => {
        const lesson = await withPast(page);
        await page.reload();
        const row = page.locator(`[data-lesson-row="${lesson.id}"]`);
        await row
          .getByText(`begun · not read to the end · 0 of 2 predicted · 2 of ${lesson.questions.length} right`)
          .waitFor();
        expect(await row.innerText()).toContain('12 min');
        const shaky = page.locator('[data-mastery=shaky]');
        expect(await shaky.locator('li').count()).toBeGreaterThan(0);
        expect(await shaky.locator('li a').first().getAttribute('href')).toMatch(/lessons\/.*#/);
        await page.getByText('2 questions due today, about 1 minute.').waitFor();
        await page.getByText(/^You studied on 2 days: 12 min in lessons, 3 answers\./).waitFor();
        await page.getByText('The days in numbers').click();
        await page.getByRole('row', { name: /10 min 2, 1 right/ }).waitFor();
        await page.getByText('1 of 2 right. Fewer than 5 answers say nothing yet.').waitFor();
        await expectAccessible(page);
      },
      { colorScheme },
    ),
  );
});

describe.each(['', lessonAddress, 'progress/', 'review/', 'exam/'])('/%s, for a learner with a past', (address) => {
  test.each([1440, 390])('moves nothing while it opens, %i wide', (width) =>
    visit(
      'about/',
      async ({ page, site }) => {
        await withPast(page);
        await page.goto(new URL(address, site).href);
        await page.locator('.course-progress [data-percent]:not(:text-is("0%"))').waitFor();
        await page.waitForLoadState('networkidle');
        const shift = await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              let sum = 0;
              const observer = new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
              });
              observer.observe({ type: 'layout-shift', buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
            }),
        );
        expect(shift).toBeLessThan(0.01);
      },
      { viewport: { width, height: 900 } },
    ),
  );

  test('loads at most 30 kB of script before it is used', () =>
    visit('about/', async ({ page, site }) => {
      await withPast(page);
      const scripts: Promise<number>[] = [];
      page.on('response', (response) => {
        if (new URL(response.url()).pathname.endsWith('.js')) {
          scripts.push(response.body().then((body) => gzipSync(body).length / 1000));
        }
      });
      // From the network, not from what the first page left in memory.
      await page
        .context()
        .newCDPSession(page)
        .then((session) => session.send('Network.setCacheDisabled', { cacheDisabled: true }));
      await page.goto(new URL(address, site).href);
      await page.locator('.course-progress [data-percent]:not(:text-is("0%"))').waitFor();
      await page.waitForLoadState('networkidle');
      const sizes = await Promise.all(scripts);
      expect(sizes.length).toBeGreaterThan(0);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30);
    }));
});
