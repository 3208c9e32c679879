/** Intl.Segmenter: graphemes, and words and sentences of languages that put spaces between words. */
import {
  type Negotiated,
  negotiate,
  option,
  readingOptionsOf,
  refuseOther,
  supportedLocalesOf,
} from './negotiation.ts';

const graphemes =
  /\r\n|\p{Regional_Indicator}{2}|(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\p{M}|\ufe0f)*(?:\u200d\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\p{M}|\ufe0f)*)*)|[\u1100-\u115f\ua960-\ua97c]*[\u1160-\u11a7\uac00-\ud7a3]+[\u11a8-\u11ff]*|[^\p{M}\u200d][\p{M}\u200d\ufe0f]*|[\p{M}\u200d]+/gsu;
const words = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*(?:['’.:][\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*)*|\r\n|\s|./gsu;
const sentences = /[^.!?。！？]*[.!?。！？]+["'”’)\]]*\s*|[^.!?。！？]+$/gsu;

interface Segment {
  segment: string;
  index: number;
  input: string;
  isWordLike?: boolean;
}

class Segments {
  readonly #input: string;
  readonly #expression: RegExp;
  readonly #isWords: boolean;

  constructor(input: string, expression: RegExp, isWords: boolean) {
    this.#input = input;
    this.#expression = expression;
    this.#isWords = isWords;
  }

  containing(index = 0): Segment | undefined {
    for (const segment of this)
      if (index >= segment.index && index < segment.index + segment.segment.length) return segment;
    return undefined;
  }

  *[Symbol.iterator](): Generator<Segment> {
    for (const match of this.#input.matchAll(this.#expression)) {
      const [segment] = match;
      yield {
        segment,
        index: match.index,
        input: this.#input,
        ...(this.#isWords && { isWordLike: /[\p{L}\p{N}]/u.test(segment) }),
      };
    }
  }
}

export class Segmenter {
  readonly #negotiated: Negotiated;
  readonly #granularity: 'grapheme' | 'word' | 'sentence';

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    this.#negotiated = negotiate(locales);
    readingOptionsOf('Segmenter');
    this.#granularity = option(options, 'granularity', ['grapheme', 'word', 'sentence'], 'grapheme');
  }

  segment(input: unknown): Segments {
    const text = String(input);
    const isWords = this.#granularity === 'word';
    // Words of these scripts are found with dictionaries.
    if (isWords && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)) {
      refuseOther('segmentation', 'of Chinese, Japanese or Thai words', ['words between spaces']);
    }
    return new Segments(text, this.#granularity === 'grapheme' ? graphemes : isWords ? words : sentences, isWords);
  }

  resolvedOptions(): object {
    return { locale: this.#negotiated.locale, granularity: this.#granularity };
  }
}
Object.defineProperty(Segmenter.prototype, Symbol.toStringTag, { value: 'Intl.Segmenter', configurable: true });
