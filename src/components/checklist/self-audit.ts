/** Keeps what a learner says of each statement, and sets what they did here beside it. */
import { checklistEvidence, type ItemEvidence, type SelfAssessment } from '../../progress/checklist-evidence.ts';
import { sayDisagreement, sayEvidence, saySummary, whereToGo, type AuditWord } from '../../progress/checklist-words.ts';
import type { LearnerRecord } from '../../progress/entry.ts';
import { loadCourseIndex, onSite } from '../../progress/load-index.ts';
import { openRecord } from '../../progress/record.ts';

class SelfAudit extends HTMLElement {
  #record: LearnerRecord | undefined;

  connectedCallback(): void {
    // What is chosen before the record is there is written as soon as it is.
    this.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) void this.#set(target.name, target.value as SelfAssessment);
    });
    void this.#start();
  }

  async #start(): Promise<void> {
    const [record, index] = await Promise.all([openRecord(), loadCourseIndex()]);
    this.#record = record;
    const show = () => this.#show(checklistEvidence(record.entries, index));
    record.subscribe(show);
    show();
  }

  async #set(item: string, value: SelfAssessment): Promise<void> {
    const record = this.#record ?? (await openRecord());
    await record.add({ kind: 'checklist-item-set', item, value });
  }

  #show(evidence: readonly ItemEvidence[]): void {
    for (const item of evidence) {
      const element = this.querySelector<HTMLElement>(`[data-item="${CSS.escape(item.item)}"]`);
      if (!element) continue;
      for (const input of element.querySelectorAll('input')) input.checked = input.value === item.says;
      setText(element, '.evidence', sayEvidence(item));
      const disagreement = sayDisagreement(item);
      fill(element.querySelector('.says'), disagreement ?? nextFor(item));
      element.toggleAttribute('data-differs', disagreement !== undefined);
    }
    setText(this, '.summary', saySummary(evidence));
  }
}

/** Somebody who says not yet wants to know where to go. */
function nextFor(item: ItemEvidence): AuditWord | undefined {
  const link = item.says === 'not-yet' ? whereToGo(item) : undefined;
  return link && { text: '', link };
}

function setText(parent: HTMLElement, selector: string, text: string): void {
  const element = parent.querySelector(selector);
  // The same words again would be read out again.
  if (element && element.textContent !== text) element.textContent = text;
}

function fill(element: Element | null, word: AuditWord | undefined): void {
  if (!element) return;
  const text = word ? [word.text, word.link?.text].filter(Boolean).join(' ') : '';
  if (element.textContent === text) return;
  element.textContent = word?.text ? `${word.text} ` : '';
  if (!word?.link) return;
  const link = document.createElement('a');
  link.href = onSite(word.link.href);
  link.textContent = word.link.text;
  element.append(link);
}

customElements.define('self-audit', SelfAudit);
