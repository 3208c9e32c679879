/** Says what the reader predicted, keeps it in their record, and after the reveal says whether it held. */
import type { PredictionMade } from '../../progress/entry.ts';
import { openRecord } from '../../progress/record.ts';

export class LessonPredict extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', () => {
      this.say();
      // Once what happens has been seen, choosing is no prediction any more.
      if (!this.open) void this.keep();
    });
    this.querySelector('details')?.addEventListener('toggle', () => this.say());
    void this.sayEarlier();
  }

  private get chosen(): string | undefined {
    return this.querySelector<HTMLInputElement>('input:checked')?.value;
  }

  private get open(): boolean {
    return this.querySelector('details')?.open === true;
  }

  private say(): void {
    const { chosen } = this;
    if (chosen === undefined) return;
    const prediction = `You predict: ${chosen.replaceAll('`', '')}.`;
    if (!this.open) this.write(`${prediction} Run it and see.`);
    else this.write(chosen === this.dataset.answer ? `${prediction} It holds.` : `${prediction} It does not hold.`);
  }

  private write(text: string): void {
    const line = this.querySelector('.said');
    if (line) line.textContent = text;
  }

  private async keep(): Promise<void> {
    const { lessonId: lesson, hash, answer } = this.dataset;
    if (lesson === undefined || hash === undefined) return;
    const record = await openRecord();
    const { id: prediction, chosen } = this;
    await record.add({ kind: 'prediction-made', lesson, prediction, hash, held: chosen === answer });
  }

  /** What the record knows of an earlier visit. */
  private async sayEarlier(): Promise<void> {
    const { lessonId: lesson, hash } = this.dataset;
    const record = await openRecord();
    const earlier = record.entries.findLast(
      (entry): entry is PredictionMade =>
        entry.kind === 'prediction-made' &&
        entry.lesson === lesson &&
        entry.prediction === this.id &&
        entry.hash === hash,
    );
    const note = this.querySelector('.earlier');
    if (earlier && note) note.textContent = ` · last time it ${earlier.held ? 'held' : 'did not hold'}`;
  }
}
