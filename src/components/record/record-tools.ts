/**
 * All that the page about the record loads of its tools by itself: it waits for the first sign of use, or a link with a
 * code in it, then loads them and passes on what was pressed meanwhile.
 */
class RecordTools extends HTMLElement {
  #started: Promise<void> | undefined;

  connectedCallback(): void {
    const start = () => void this.#start();
    for (const type of ['pointerenter', 'touchstart', 'focusin']) {
      this.addEventListener(type, start, { once: true, passive: true });
    }
    addEventListener('dragenter', start, { once: true, passive: true });
    this.addEventListener('click', this.#press, true);
    const openLink = () => {
      if (location.hash.startsWith('#code=')) start();
    };
    addEventListener('hashchange', openLink);
    openLink();
  }

  #start(): Promise<void> {
    this.#started ??= import('./start-record-tools.ts')
      .then(({ startRecordTools }) => startRecordTools(this))
      .then(() => this.removeEventListener('click', this.#press, true))
      .catch(() => {
        const failure = document.createElement('p');
        failure.setAttribute('role', 'alert');
        failure.textContent =
          'The tools for your record could not be loaded. Check the connection and reload the page.';
        this.prepend(failure);
      });
    return this.#started;
  }

  readonly #press = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#start().then(() => button.click());
  };
}

customElements.define('record-tools', RecordTools);
