/** Shows what is in the record as it changes, and what the browser says about keeping it. */
import { describeFacts } from '../../progress/describe-facts.ts';
import { askForPersistence, type Persistence, readPersistence } from '../../progress/persistence.ts';
import { openRecord } from '../../progress/record.ts';
import type { KeptRecord, StorageState } from '../../progress/tab-record.ts';

/** Where facts cannot be stored: what that means here. */
const troubles: Readonly<Partial<Record<StorageState, string>>> = {
  denied:
    'This browser does not let this site keep anything. What you do counts until you leave the page you do it on: download your record there, and bring it in again.',
  full: 'There is no room left in this browser’s storage. What you have done since then counts until this tab is closed: download it, then make room.',
  blocked:
    'The browser does not hand out what it keeps, perhaps because of another tab with an older edition of the course. Close that tab and reload.',
  outdated: 'Another tab has a newer edition of the course. Reload this page.',
};

const promises: Readonly<Record<Persistence, string>> = {
  promised: 'The browser has promised not to delete it by itself.',
  'not-promised': 'The browser may delete it by itself, when room runs short or when you have not been here for weeks.',
  unknown: 'Some browsers delete by themselves what was not used for weeks.',
};

class RecordContents extends HTMLElement {
  #persistence: Persistence = 'unknown';

  connectedCallback(): void {
    void this.#follow();
  }

  async #follow(): Promise<void> {
    const record = await openRecord();
    const show = () => this.#show(record);
    record.subscribe(show);
    show();
    this.#part('ask')?.addEventListener('click', () => {
      void askForPersistence().then((state) => this.#tell(state, record));
    });
    this.#tell(await readPersistence(), record);
  }

  #tell(persistence: Persistence, record: KeptRecord): void {
    this.#persistence = persistence;
    this.#show(record);
  }

  #show({ entries, storage }: KeptRecord): void {
    const lines = describeFacts(entries);
    const trouble = troubles[storage];
    this.#say('nothing', lines.length === 0 ? 'Nothing yet. It begins with the first lesson you open.' : '');
    this.#say('trouble', trouble ?? '');
    this.#say('promise', trouble === undefined ? promises[this.#persistence] : '');
    this.#part('lines')?.replaceChildren(...lines.map(({ text }) => itemOf(text)));
    const ask = this.#part('ask');
    if (ask) ask.hidden = this.#persistence !== 'not-promised' || lines.length === 0 || trouble !== undefined;
  }

  #say(name: string, text: string): void {
    const part = this.#part(name);
    if (!part) return;
    part.hidden = text === '';
    if (part.textContent !== text) part.textContent = text;
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`);
  }
}

/** The number large, what it counts below. */
function itemOf(text: string): HTMLLIElement {
  const [, number = '', rest = text] = /^([\d,]+ min|[\d,]+ h \d+ min|[\d,]+) (.*)$/.exec(text) ?? [];
  const item = document.createElement('li');
  const strong = document.createElement('strong');
  strong.textContent = number;
  item.append(strong, ` ${rest}`);
  return item;
}

customElements.define('record-contents', RecordContents);
