/** The learner's record in a browser: its page as a person uses it, and its facts as they are stored. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Entry } from '../../src/progress/entry.ts';
import { readFacts } from './learner.ts';

export const recordAddress = 'record/';

/** The stored facts, without what only says when a copy was made. */
export async function storedFacts(page: Page): Promise<readonly Entry[]> {
  return (await readFacts(page)).filter(({ kind }) => kind !== 'setting-chosen');
}

/** Waits until the stored facts are so many. */
export async function untilStored(page: Page, number: number): Promise<readonly Entry[]> {
  for (;;) {
    const facts = await storedFacts(page);
    if (facts.length === number) return facts;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

export const fileWith = (entries: readonly unknown[], head: object = {}): string =>
  JSON.stringify({ course: 'Coldstart', version: 1, entries, ...head });

export class RecordOnPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  section(heading: string): Locator {
    return this.page.getByRole('region', { name: heading });
  }

  /** The text of a downloaded file. */
  async download(): Promise<string> {
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Download my record' }).click();
    const download = await downloading;
    const folder = await mkdtemp(path.join(tmpdir(), 'coldstart-record-'));
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const text = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    return text;
  }

  /** Chooses a file and resolves to the preview, or to why there is none. */
  async choose(text: string): Promise<string> {
    await this.page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    return this.outcome();
  }

  /** What the page says about what it was given. */
  async outcome(): Promise<string> {
    const section = this.section('Bring in a copy');
    const told = section.locator('.refused').or(section.getByRole('group'));
    await told.waitFor();
    return told.innerText();
  }

  async add(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add to my record' }).click();
    await this.section('Bring in a copy').getByRole('button', { name: 'Undo' }).first().waitFor();
  }

  async deleteEverything(): Promise<void> {
    await this.page.getByLabel('Delete', { exact: true }).selectOption('everything');
    await this.page.getByRole('button', { name: 'Delete…' }).click();
    await this.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await this.section('Start again').getByRole('button', { name: 'Undo' }).waitFor();
  }

  /** Presses Undo of the latest deed in a section. */
  async undo(heading: string): Promise<void> {
    await this.section(heading).getByRole('button', { name: 'Undo' }).first().click();
    await this.page.getByText('Undone. Your record is as it was.').waitFor();
  }
}
