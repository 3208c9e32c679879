/**
 * Inline text of quiz.yaml: `code`, *emphasis*, {fact some-id.field} and {= expression}, as parts that a page shows without
 * making HTML of it. Pure.
 */
import { evaluate, fillTemplate, type Scope } from './expression.ts';
import type { OpenPart, OpenText, OpenValue, Part, Text } from './question.ts';

/** Code, emphasis, and what stands in braces, where a star multiplies. */
const pieces = /(`[^`]+`|\*(?:\{[^}]*\}|[^*{])+\*|\{[^}]*\})/;

/** A fact's value as it reads in a sentence. */
type FactText = (id: string, field: string | undefined) => string;

/** A text with its facts' values in it. */
export const putFacts = (text: string, factText: FactText): string =>
  text.replace(/\{fact ([a-z0-9-]+)(?:\.([A-Za-z0-9.-]+))?\}/g, (_, id: string, field?: string) => factText(id, field));

/** The parts of a text as its author wrote it. */
export function parseText(source: string, factText: FactText): OpenText {
  const styled: { as: 'code' | 'emphasis' | undefined; text: string }[] = [];
  source
    .trim()
    .split(pieces)
    .forEach((piece, at) => {
      // Every second piece is one that the pattern names.
      const as =
        at % 2 === 0 ? undefined : piece.startsWith('`') ? 'code' : piece.startsWith('*') ? 'emphasis' : undefined;
      const last = styled.at(-1);
      if (as !== undefined) styled.push({ as, text: piece.slice(1, -1) });
      else if (last !== undefined && last.as === undefined) last.text += piece;
      else if (piece !== '') styled.push({ as, text: piece });
    });
  return styled.map(({ as, text: written }): Part | OpenPart => {
    const text = putFacts(written, factText);
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
