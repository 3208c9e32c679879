/**
 * Inline text of quiz.yaml: `code`, *emphasis*, {fact some-id.field} and {= expression}, as parts that a page shows without
 * making HTML of it. Pure.
 */
import { evaluate, fillTemplate, type Scope } from './expression.ts';
import type { OpenPart, OpenText, OpenValue, Part, Text } from './question.ts';

const styled = /(`[^`]+`|\*[^*]+\*)/;

/** A fact's value as it reads in a sentence. */
type FactText = (id: string, field: string | undefined) => string;

/** A text with its facts' values in it. */
export const putFacts = (text: string, factText: FactText): string =>
  text.replace(/\{fact ([a-z0-9-]+)(?:\.([A-Za-z0-9.-]+))?\}/g, (_, id: string, field?: string) => factText(id, field));

/** The parts of a text as its author wrote it. */
export function parseText(source: string, factText: FactText): OpenText {
  return source
    .trim()
    .split(styled)
    .filter((piece) => piece !== '')
    .map((piece): Part | OpenPart => {
      const as = piece.startsWith('`') ? 'code' : /^\*.+\*$/s.test(piece) ? 'emphasis' : undefined;
      const text = putFacts(as ? piece.slice(1, -1) : piece, factText);
      if (text.includes('{=')) return { '{=}': text, ...(as && { as }) };
      return as === 'code' ? { code: text } : as === 'emphasis' ? { emphasis: text } : text;
    });
}

/** The text without its styles: for lists to choose from, announcements and comparison. */
export function plainText(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : 'code' in part ? part.code : part.emphasis)).join('');
}

/** Any JSON of a question with its open parts and values closed. @throws {ExpressionError} */
export function close(open: unknown, scope: Scope): unknown {
  if (Array.isArray(open)) return open.map((item) => close(item, scope));
  if (typeof open !== 'object' || open === null) return open;
  if (isOpenPart(open)) {
    const text = fillTemplate(open['{=}'], scope);
    return open.as === 'code' ? { code: text } : open.as === 'emphasis' ? { emphasis: text } : text;
  }
  if (isOpenValue(open)) return evaluate(open['='], scope);
  return Object.fromEntries(Object.entries(open).map(([key, value]) => [key, close(value, scope)]));
}

const isOpenPart = (value: object): value is OpenPart => '{=}' in value;
const isOpenValue = (value: object): value is OpenValue => '=' in value;
