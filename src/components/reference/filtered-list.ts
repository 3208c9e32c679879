/** The search field of a long list: shows the entries whose text or id holds every word typed, and says how many. */
export class FilteredList extends HTMLElement {
  connectedCallback(): void {
    const search = this.querySelector<HTMLElement>('.search');
    const input = this.querySelector('input');
    if (!search || !input) return;
    search.hidden = false;
    input.addEventListener('input', () => this.#filter(input.value));
    // A link to an entry shows it, whatever was typed.
    addEventListener('hashchange', () => {
      if (input.value === '') return;
      input.value = '';
      this.#filter('');
    });
  }

  #filter(typed: string): void {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of this.querySelectorAll<HTMLElement>('[data-entry]')) {
      const text = `${entry.id} ${entry.textContent}`.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
      if (!entry.hidden) shown += 1;
    }
    for (const group of this.querySelectorAll<HTMLElement>('[data-group]')) {
      group.hidden = group.querySelector('[data-entry]:not([hidden])') === null;
    }
    const { one = '', many = '' } = this.dataset;
    const status = this.querySelector('[role="status"]');
    if (status)
      status.textContent = shown === 0 ? `No ${one} has these words.` : `${shown} ${shown === 1 ? one : many}`;
  }
}
