/** Says what the reader predicted, and after the reveal whether it held. */
export class LessonPredict extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', () => this.say());
    this.querySelector('details')?.addEventListener('toggle', () => this.say());
  }

  private say(): void {
    const chosen = this.querySelector<HTMLInputElement>('input:checked')?.value;
    const line = this.querySelector('.said');
    if (!line || chosen === undefined) return;
    const open = this.querySelector('details')?.open;
    const prediction = `You predict: ${chosen.replaceAll('`', '')}.`;
    if (!open) line.textContent = `${prediction} Run it and see.`;
    else
      line.textContent = chosen === this.dataset.answer ? `${prediction} It holds.` : `${prediction} It does not hold.`;
  }
}
