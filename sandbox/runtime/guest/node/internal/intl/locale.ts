/** Intl.Locale: a language tag in its parts. */
import { parseTag, type Tag, tagText } from './negotiation.ts';

const likely: Record<string, [script: string, region: string]> = {
  en: ['Latn', 'US'],
  de: ['Latn', 'DE'],
  fr: ['Latn', 'FR'],
  es: ['Latn', 'ES'],
  it: ['Latn', 'IT'],
  pt: ['Latn', 'BR'],
  nl: ['Latn', 'NL'],
  sv: ['Latn', 'SE'],
  ja: ['Jpan', 'JP'],
  ko: ['Kore', 'KR'],
  zh: ['Hans', 'CN'],
};

const extensionOptions: Record<string, string> = {
  calendar: 'ca',
  collation: 'co',
  hourCycle: 'hc',
  caseFirst: 'kf',
  numberingSystem: 'nu',
};

export class Locale {
  readonly #tag: Tag;

  constructor(tag: unknown, options: any = {}) {
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) {
      throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
    }
    this.#tag = parseTag(String(tag));
    if (options.language !== undefined) this.#tag.language = String(options.language).toLowerCase();
    if (options.script !== undefined) this.#tag.script = String(options.script);
    if (options.region !== undefined) this.#tag.region = String(options.region).toUpperCase();
    for (const [name, key] of Object.entries(extensionOptions)) {
      if (options[name] !== undefined) this.#tag.extensions[key] = String(options[name]);
    }
    if (options.numeric !== undefined) this.#tag.extensions['kn'] = options.numeric ? '' : 'false';
  }

  get baseName(): string {
    return tagText({ ...this.#tag, extensions: {} });
  }

  get language(): string {
    return this.#tag.language;
  }

  get script(): string | undefined {
    return this.#tag.script;
  }

  get region(): string | undefined {
    return this.#tag.region;
  }

  get calendar(): string | undefined {
    return this.#tag.extensions['ca'];
  }

  get collation(): string | undefined {
    return this.#tag.extensions['co'];
  }

  get hourCycle(): string | undefined {
    return this.#tag.extensions['hc'];
  }

  get caseFirst(): string | undefined {
    return this.#tag.extensions['kf'];
  }

  get numberingSystem(): string | undefined {
    return this.#tag.extensions['nu'];
  }

  get numeric(): boolean {
    const value = this.#tag.extensions['kn'];
    return value !== undefined && value !== 'false';
  }

  maximize(): Locale {
    const [script, region] = likely[this.#tag.language] ?? [this.#tag.script, this.#tag.region];
    return new Locale(
      tagText({ ...this.#tag, script: this.#tag.script ?? script, region: this.#tag.region ?? region }),
    );
  }

  minimize(): Locale {
    const [script, region] = likely[this.#tag.language] ?? [];
    const isLikelyRegion = this.#tag.region === region;
    return new Locale(
      tagText({
        ...this.#tag,
        script: this.#tag.script === script ? undefined : this.#tag.script,
        region: isLikelyRegion ? undefined : this.#tag.region,
      }),
    );
  }

  toString(): string {
    return tagText(this.#tag);
  }
}
Object.defineProperty(Locale.prototype, Symbol.toStringTag, { value: 'Intl.Locale', configurable: true });
