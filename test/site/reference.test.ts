/** The pages to look things up in: searching the facts and corrections, terms and facts that open on the word itself. */
import { describe, expect, test } from 'vitest';
import { useBrowser, visit } from './visit.ts';

useBrowser();

describe('limits and prices', () => {
  test('searching shows the facts with all the words typed, and says how many', () =>
    visit('limits/', async ({ page }) => {
      await page.getByRole('searchbox', { name: 'Search limits and prices' }).fill('timeout default');
      await expect.poll(() => page.locator('filtered-list').getByRole('status').textContent()).toMatch(/^\d fact/);
      expect(await page.locator('#timeout-default').isVisible()).toBe(true);
      expect(await page.locator('#memory-range').isVisible()).toBe(false);
      await page.getByRole('searchbox').fill('no such words anywhere');
      await expect
        .poll(() => page.locator('filtered-list').getByRole('status').textContent())
        .toBe('No fact has these words.');
      await page.getByRole('searchbox').fill('');
      await expect.poll(() => page.locator('#memory-range').isVisible()).toBe(true);
    }));

  test('a fact checked more than 180 days ago says so', () =>
    visit('limits/', async ({ page }) => {
      await page.clock.setFixedTime('2030-01-01T00:00:00Z');
      await page.reload();
      const source = page.locator('#memory-range .source');
      await expect.poll(() => source.textContent()).toContain('more than 180 days ago');
      await page.clock.setFixedTime('2026-11-25T00:00:00Z');
      await page.reload();
      await expect.poll(() => source.locator('b').isVisible()).toBe(false);
    }));
});

test('a correction says what holds, since when, and where AWS says so', () =>
  visit('corrections/', async ({ page }) => {
    const correction = page.locator('#init-is-free');
    expect(await correction.textContent()).toContain('No longer true since 1 August 2025.');
    expect(await correction.getByRole('link').getAttribute('href')).toMatch(/^https:\/\/aws\.amazon\.com\//);
  }));

test('a fact that nobody has checked against its source says so', () =>
  visit('limits/', async ({ page }) => {
    expect(await page.locator('#err-apigw-http .source').textContent()).toContain('not yet checked against it');
  }));

test('a term opens its meaning on the word, by keyboard', () =>
  visit('lessons/cold-and-warm-starts/', async ({ page }) => {
    await page.getByText('What happens').first().click();
    const term = page.locator('[data-kind="term"] button').first();
    await term.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText('The isolated place, a small virtual machine').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByText('The isolated place, a small virtual machine').isVisible()).toBe(false);
  }));
