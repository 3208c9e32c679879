/** The lab on its page, as a person uses it: open a scenario, press a button, read what it shows. */
import type { Locator, Page } from 'playwright-core';

export class LabOnPage {
  readonly page: Page;
  readonly lab: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lab = page.getByRole('region', { name: /^Lab: / });
  }

  /** From the list of scenarios. */
  async open(title: string): Promise<void> {
    await this.page.getByRole('link', { name: title }).click();
    await this.ready();
  }

  /** Until nothing is running any more. */
  async ready(): Promise<void> {
    await this.lab.locator('[data-action=play][aria-disabled=false]').waitFor({ timeout: 45_000 });
  }

  /** Presses a button and waits until what it began is over. */
  async press(name: string | RegExp): Promise<void> {
    const before = await this.announced();
    await this.lab
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
    await this.page.waitForFunction(
      ([element, said]) => {
        const texts = [...element.querySelectorAll(':scope > [role=status], :scope > [role=alert]')];
        return (
          texts
            .map((text) => text.textContent)
            .join('\n')
            .trim() !== said
        );
      },
      [await this.lab.elementHandle(), before] as const,
      { timeout: 45_000 },
    );
    await this.ready();
  }

  /** What was announced to a screen reader last, politely or at once. */
  async announced(): Promise<string> {
    const texts = await this.lab.locator(':scope > [role=status], :scope > [role=alert]').allTextContents();
    return texts.join('\n').trim();
  }

  /** What the page says of all that is drawn: `3 requests: 1 cold, 2 warm`. */
  summary(): Promise<string> {
    return this.lab.locator('[data-summary]').innerText();
  }

  async panel(name: 'Logs' | 'Metrics' | 'Traces' | 'Resources' | 'Triggers' | 'Bill' | 'Commands'): Promise<Locator> {
    await this.lab.getByRole('tab', { name, exact: true }).click();
    return this.lab.getByRole('tabpanel', { name: name.toLowerCase() });
  }

  /** What is said of a queue, table, bucket or stream beside its name, as soon as it says `what`. */
  async resource(name: string, what: RegExp | string): Promise<void> {
    const panel = await this.panel('Resources');
    await panel
      .locator('.thing', { has: this.page.locator('b', { hasText: new RegExp(`^${name}$`) }) })
      .getByText(what)
      .waitFor();
  }

  /** Opens the configuration of the function that is chosen, and the parts of it that begin with these words. */
  async configuration(...parts: readonly string[]): Promise<Locator> {
    await this.lab.getByRole('tab', { name: 'Configuration' }).click();
    const pane = this.lab.getByRole('tabpanel', { name: /^configuration of/ });
    for (const part of parts) await pane.locator('summary', { hasText: new RegExp(`^${part}`) }).click();
    return pane;
  }

  /** The lines of a function's log that hold a text. */
  async logged(text: string | RegExp): Promise<void> {
    const panel = await this.panel('Logs');
    await panel.getByRole('region', { name: 'Log' }).getByText(text).first().waitFor();
  }

  /** Everything on show that the state decides: timeline, log, resources, bill. */
  async state(): Promise<readonly string[]> {
    const table = await this.lab
      .getByRole('region', { name: 'Timeline, table', includeHidden: true })
      .locator('tbody')
      .textContent();
    const log = await this.settled(await this.panel('Logs'));
    const resources = await this.settled(await this.panel('Resources'));
    const bill = await this.settled(await this.panel('Bill'));
    return [table ?? '', log, resources, bill];
  }

  /** The text of a panel once its answer has come: when it stays the same. */
  private async settled(panel: Locator): Promise<string> {
    let before = '';
    for (;;) {
      await this.page.waitForTimeout(250);
      const text = (await panel.textContent()) ?? '';
      if (text === before) return text;
      before = text;
    }
  }
}
