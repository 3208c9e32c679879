/** A runner on a page, as a person uses it: press a button, read what it says. */
import type { Locator, Page } from 'playwright-core';

export const lessonAddress = 'lessons/cold-and-warm-starts/';

/** Options of a visit on a touch screen, where Edit opens a plain text area. */
export const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } } as const;

export class RunnerOnPage {
  readonly page: Page;
  readonly section: Locator;

  constructor(page: Page, name = 'checkout') {
    this.page = page;
    this.section = page.getByRole('region', { name: `Runner: ${name}`, exact: true });
  }

  /** What was announced to a screen reader last, politely or at once. */
  async announced(): Promise<string> {
    const texts = await this.section.locator(':scope > [role=status], :scope > [role=alert]').allTextContents();
    return texts.join('\n').trim();
  }

  /** Does something and waits until its outcome is announced and the runner is ready again; resolves to the words. */
  async until(work: () => Promise<void>): Promise<string> {
    const before = await this.announced();
    await work();
    const section = await this.section.elementHandle();
    await this.page.waitForFunction(
      ([element, said]) => {
        const texts = [...element.querySelectorAll(':scope > [role=status], :scope > [role=alert]')];
        const now = texts
          .map((text) => text.textContent)
          .join('\n')
          .trim();
        return now !== said && element.querySelector('[data-action=invoke][aria-disabled=false]') !== null;
      },
      [section, before] as const,
    );
    return this.announced();
  }

  /** Presses a button by its name. */
  press(name: string | RegExp): Promise<void> {
    return this.section.getByRole('button', { name }).click();
  }

  invoke(): Promise<string> {
    return this.until(() => this.press(/^Invoke/));
  }

  burst(): Promise<string> {
    return this.until(() => this.press(/^Burst of/));
  }

  /** `label` is one of the Wait menu's. */
  async wait(label: string): Promise<string> {
    await this.section.getByLabel('How long to wait').selectOption({ label });
    return this.until(() => this.press(/^Wait/));
  }

  /** Replaces a file's code in the plain editor; see `touch`. */
  async edit(code: string, file = 'index.mjs'): Promise<void> {
    const area = this.section.getByLabel(`Code of ${file}`, { exact: true });
    if (!(await area.isVisible()) || (await area.evaluate((element) => element.tagName)) !== 'TEXTAREA') {
      await this.press('Edit');
      await this.section.getByRole('textbox', { name: `Code of ${file}` }).waitFor();
    }
    await this.section.getByRole('textbox', { name: `Code of ${file}` }).fill(code);
  }

  async setEvent(text: string): Promise<void> {
    await this.section.getByLabel('Test event', { exact: true }).fill(text);
  }

  /** The lines on show, in order. */
  log(): Promise<string[]> {
    return this.section.getByRole('region', { name: 'Log' }).locator('.text').allInnerTexts();
  }

  /** What the timeline says happens, in its table: one text a row. */
  async happenings(): Promise<string[]> {
    return this.section
      .getByRole('region', { name: 'Timeline, table', includeHidden: true })
      .locator('tbody tr td:nth-child(3)')
      .allTextContents();
  }

  /** How many environments have been created in this session. */
  async environments(): Promise<number> {
    const names = await this.section
      .getByRole('region', { name: 'Timeline, table', includeHidden: true })
      .locator('tbody tr td:nth-child(2)')
      .allTextContents();
    return new Set(names.filter((name) => name !== '')).size;
  }
}
