/** A lesson's questions on its page, answered with the keyboard alone. */
import type { Locator, Page } from 'playwright-core';
import type { Blanks, WholeDocument } from '../../src/quiz/fill-the-configuration.ts';
import { firstOrder, type OrderingBody } from '../../src/quiz/ordering.ts';
import { optionOrder, type Choices } from '../../src/quiz/options.ts';
import type { PredictBody } from '../../src/quiz/predict-the-run.ts';
import type { Question } from '../../src/quiz/question.ts';

export class QuestionOnPage {
  readonly page: Page;
  readonly element: Locator;

  constructor(page: Page, id: string) {
    this.page = page;
    this.element = page.locator(`coldstart-question[data-id="${id}"]`);
  }

  button(name: string | RegExp): Locator {
    return this.element.getByRole('button', { name });
  }

  /** The verdict and whatever else was said last. */
  async said(): Promise<string> {
    return (await this.element.locator('.said').innerText()).replace(/\s+/g, ' ').trim();
  }

  /** Moves the focus with Tab, forwards or backwards, until it is on `target`. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    // More stops than a page has: not reaching it must fail instead of going on for ever.
    for (let stops = 0; stops < 400; stops += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error('Tab does not reach it.');
  }

  /** Chooses one of a group of radio buttons: Tab reaches the group, arrows go through it. */
  async chooseRadio(group: Locator, value: string): Promise<void> {
    const radios = group.locator('input[type=radio]');
    await this.tabTo(radios.first());
    const values = await radios.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
    await this.page.keyboard.press('Space');
    for (let step = values.indexOf(value); step > 0; step -= 1) await this.page.keyboard.press('ArrowDown');
  }

  async check(): Promise<void> {
    await this.tabTo(this.button('Check'));
    await this.page.keyboard.press('Enter');
    await this.element.locator('.said b').waitFor();
  }
}

type Answer = (on: QuestionOnPage, question: Question, given: unknown) => Promise<void>;

const stemGroup = (on: QuestionOnPage) => on.element.locator('fieldset [role=radiogroup]');

/** How each type is answered by keyboard. */
export const answerByKeyboard: Readonly<Record<string, Answer>> = {
  'single-choice': (on, _, given) => on.chooseRadio(stemGroup(on), String(given)),

  async 'several-choices'(on, question, given) {
    const chosen = given as readonly number[];
    for (const at of optionOrder(question.body as Choices, question)) {
      if (!chosen.includes(at)) continue;
      await on.tabTo(on.element.locator(`input[type=checkbox][value="${at}"]`));
      await on.page.keyboard.press('Space');
    }
  },

  async 'true-false-with-reason'(on, _, given) {
    const { verdict, reason } = given as { verdict: boolean; reason: number };
    await on.chooseRadio(stemGroup(on).first(), verdict ? '0' : '1');
    await on.chooseRadio(stemGroup(on).last(), String(reason));
  },

  async 'short-text'(on, _, given) {
    await on.tabTo(on.element.locator('fieldset input'));
    await on.page.keyboard.type(String(given));
  },

  async number(on, _, given) {
    await on.tabTo(on.element.locator('fieldset input'));
    await on.page.keyboard.type(String(given));
  },

  async ordering(on, question, given) {
    const wanted = given as readonly number[];
    const order = [...firstOrder(question as Question<OrderingBody>)];
    for (const [place, item] of wanted.entries()) {
      const up = on.element.locator(`[data-item="${item}"] [data-by="-1"]`);
      if (order[place] === item) continue;
      const direction = await up.evaluate((element) => {
        const active = document.activeElement;
        const follows = active && active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        return follows ? 'Tab' : 'Shift+Tab';
      });
      await on.tabTo(up, direction);
      for (let at = order.indexOf(item); at > place; at -= 1) await on.page.keyboard.press('Enter');
      order.splice(order.indexOf(item), 1);
      order.splice(place, 0, item);
    }
  },

  async matching(on, _, given) {
    for (const [at, choice] of (given as readonly string[]).entries()) {
      await on.tabTo(on.element.locator('select').nth(at));
      await on.page.keyboard.type(choice);
    }
  },

  async 'predict-the-run'(on, question, given) {
    const { asks } = question.body as PredictBody;
    for (const [at, ask] of asks.entries()) {
      const part = on.element.locator('.ask').nth(at);
      const answer = (given as readonly (string | number)[])[at];
      if (ask.options) {
        await on.chooseRadio(part, String(answer));
        continue;
      }
      await on.tabTo(part.locator('input'));
      await on.page.keyboard.type(String(answer));
    }
  },

  'find-the-mistake': (on, _, given) => on.chooseRadio(stemGroup(on), String(given)),

  async 'fill-the-configuration'(on, question, given) {
    if ((question.body as Blanks | WholeDocument).kind === 'whole') {
      await on.tabTo(on.element.locator('textarea'));
      await on.page.keyboard.press('Control+A');
      await on.page.keyboard.insertText(String(given));
      return;
    }
    for (const [at, value] of (given as readonly string[]).entries()) {
      await on.tabTo(on.element.locator('fieldset input').nth(at));
      await on.page.keyboard.type(value);
    }
  },
};
