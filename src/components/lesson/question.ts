/** A single-choice question: checks the chosen option and shows its reply, and the right one's. */
export class LessonQuestion extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('.all')?.remove();
    const button = this.querySelector('button');
    if (button) button.hidden = false;
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.check();
    });
    this.addEventListener('change', () => this.clear());
  }

  private options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.option')];
  }

  private check(): void {
    const chosen = this.options().find((option) => option.querySelector('input')?.checked);
    if (!chosen) {
      this.say('Choose an answer first.');
      return;
    }
    const right = chosen.dataset.correct === 'true';
    for (const option of this.options()) {
      const correct = option.dataset.correct === 'true';
      if (option !== chosen && !correct) continue;
      option.dataset.shown = '';
      this.reveal(option, correct ? ' — right' : ' — your answer');
    }
    this.say(`${right ? 'Right.' : 'Not this one.'} ${chosen.querySelector('.reply')?.textContent.trim() ?? ''}`);
  }

  private reveal(option: HTMLElement, verdict: string): void {
    const word = option.querySelector('.verdict');
    if (word) word.textContent = verdict;
    const reply = option.querySelector<HTMLElement>('.reply');
    if (reply) reply.hidden = false;
  }

  private clear(): void {
    for (const option of this.options()) {
      delete option.dataset.shown;
      const word = option.querySelector('.verdict');
      if (word) word.textContent = '';
      const reply = option.querySelector<HTMLElement>('.reply');
      if (reply) reply.hidden = true;
    }
    this.say('');
  }

  private say(text: string): void {
    const line = this.querySelector('.said');
    if (line) line.textContent = text;
    // The reply stands beside its option; a screen reader hears it from here.
    line?.classList.toggle('sr-only', this.querySelector('[data-shown]') !== null);
  }
}
