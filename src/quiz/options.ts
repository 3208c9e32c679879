/** Options to choose from: what pages get of them, and in which order they stand. */
import type { OptionSource } from './pieces.ts';
import type { OpenText, Question, Reply, RunData, SheetLine, Text } from './question.ts';
import { orderOf } from './random.ts';
import type { Path, Preparation } from './source.ts';
import { plainText } from './text.ts';

export interface Option<SomeText = Text> {
  readonly text: SomeText;
  readonly right: boolean;
  readonly reply: SomeText;
  readonly disprovedBy?: RunData;
}

/** The body of a question that offers options. */
export interface Choices<SomeText = Text> {
  readonly options: readonly Option<SomeText>[];
  readonly inOrder: boolean;
}

export async function prepareOptions(
  options: readonly OptionSource[],
  keep: boolean | undefined,
  preparation: Preparation,
  path: Path,
): Promise<Choices<OpenText>> {
  if (options.length < 2) preparation.report(path, 'has fewer than two options.', 'Offer at least two.');
  const prepared = options.map(async ({ text, correct, reply, disprovedBy }, at): Promise<Option<OpenText>> => {
    if (isGiveaway(text)) preparation.report([...path, at, 'text'], `is "${text}".`, 'Say what it stands for.');
    if (correct && disprovedBy) {
      preparation.report([...path, at, 'disprovedBy'], 'disproves the right option.', 'Move it to a wrong one.');
    }
    const run = disprovedBy && (await preparation.run(disprovedBy, [...path, at, 'disprovedBy']));
    return {
      text: preparation.text(text, [...path, at, 'text']),
      right: correct,
      reply: preparation.text(reply, [...path, at, 'reply']),
      ...(run && { disprovedBy: run }),
    };
  });
  return { options: await Promise.all(prepared), inOrder: keep ?? standInOrder(options.map(({ text }) => text)) };
}

/** Two options that read the same cannot be told apart; with drawn numbers that may happen for some. */
export function checkOptions({ options }: Choices, report: Preparation['report'], path: Path): void {
  const texts = options.map(({ text }) => plainText(text).toLowerCase());
  texts.forEach((text, at) => {
    const other = texts.indexOf(text);
    if (other === at) return;
    const key = options[at]?.right !== options[other]?.right ? ' One of them is right.' : '';
    report([...path, at], `reads the same as option ${other + 1}: "${text}".${key}`, 'Change one of them.');
  });
}

/** `all of the above`, `none of these`: they test reading, not understanding. */
export const isGiveaway = (text: string): boolean => /\b(?:all|none) of (?:the above|these|them)\b/i.test(text);

const numberWords =
  /^(?:\W*\d|(?:none|no|zero|one|two|three|four|five|six|seven|eight|nine|ten|once|twice|never|always)\b)/i;
const naming = /\b(?:both|neither|all of|any of|either of|the (?:first|second|third|last|other)|above|below)\b/i;

/** Options that are numbers, or that speak of one another, make no sense in another order. */
export function standInOrder(texts: readonly string[]): boolean {
  return (
    texts.every((text) => numberWords.test(text.replace(/^\{=.*/, '1'))) || texts.some((text) => naming.test(text))
  );
}

/** In which order the options are shown: indices into them. */
export function optionOrder({ options, inOrder }: Choices, { seed }: Question): readonly number[] {
  return inOrder ? options.map((_, at) => at) : orderOf(options.length, seed);
}

/** What is said about an option. */
export function replyTo({ options }: Choices, at: number): Reply[] {
  const option = options[at];
  if (!option) return [];
  const { right, reply: text, disprovedBy: run } = option;
  return [{ at, right, text, ...(run && { run }) }];
}

export const optionSheet = ({ options }: Choices): SheetLine[] =>
  options.map(({ text, right, reply }) => ({ answer: text, right, reply }));

/** The index of an option, from what was kept. */
export const isOptionOf = ({ options }: Choices, kept: unknown): kept is number =>
  typeof kept === 'number' && Object.hasOwn(options, kept);
