/** Tells what a learner has to know about their record, on any page: once, quietly, with what to do about it. */
import { reminderPutAway } from '../../progress/copy-reminder.ts';
import { type NoticeKind, noticeFor, type RecordNotice } from '../../progress/notices.ts';
import { openRecord, recordWasLost } from '../../progress/record.ts';
import type { KeptRecord } from '../../progress/tab-record.ts';

class RecordNoticeElement extends HTMLElement {
  /** What was told on this page. */
  readonly #told = new Set<NoticeKind>();
  /** Leads to the page on which a copy is brought in. */
  #link: HTMLAnchorElement | null = null;

  connectedCallback(): void {
    this.#link = this.querySelector('a');
    void this.#follow();
  }

  async #follow(): Promise<void> {
    const record = await openRecord();
    const lost = await recordWasLost();
    const look = () => {
      const notice = noticeFor({ storage: record.storage, entries: record.entries, lost, now: Date.now() });
      // What has mended itself need not be read any more.
      if (!notice) this.#putAway();
      else if (this.#isNew(notice.kind)) this.#tell(notice, record);
    };
    record.subscribe(look);
    look();
  }

  /** Once on a page, and once in a tab where the tab can remember it. */
  #isNew(kind: NoticeKind): boolean {
    if (this.#told.has(kind)) return false;
    this.#told.add(kind);
    try {
      const key = `coldstart.told.${kind}`;
      if (sessionStorage.getItem(key) !== null) return false;
      sessionStorage.setItem(key, 'yes');
    } catch {
      // Then it is told on the next page again.
    }
    return true;
  }

  #tell({ kind, text, action }: RecordNotice, record: KeptRecord): void {
    const words = document.createElement('p');
    words.textContent = text;
    const away = this.#button(kind === 'copy-due' ? 'Not now' : 'Understood', () => {
      if (kind === 'copy-due') void record.add({ kind: 'setting-chosen', setting: reminderPutAway, value: true });
      this.#putAway();
    });
    this.replaceChildren(words, ...this.#action(action, record), away);
    this.dataset.shown = kind;
  }

  #action(action: RecordNotice['action'], record: KeptRecord): readonly HTMLElement[] {
    if (action === 'reload') return [this.#button('Reload', () => location.reload())];
    if (action === 'download') return [this.#button('Download my record', () => void this.#download(record))];
    if (!this.#link) return [];
    this.#link.hidden = false;
    return [this.#link];
  }

  async #download(record: KeptRecord): Promise<void> {
    const { downloadRecord } = await import('./download-record.ts');
    downloadRecord(record);
    this.#putAway();
  }

  #button(label: string, press: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.textContent = label;
    button.addEventListener('click', press);
    return button;
  }

  #putAway(): void {
    delete this.dataset.shown;
    this.replaceChildren();
  }
}

customElements.define('record-notice', RecordNoticeElement);
