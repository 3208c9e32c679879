/**
 * All that the page about the record loads of its tools by itself: it waits for the first sign of use, or a link with a
 * code in it, then loads them and passes on what was pressed meanwhile.
 */
class RecordTools extends HTMLElement {
  #started: Promise<void> | undefined;
  /** Listeners that have to go once the tools listen themselves. */
  readonly #waiting = new AbortController();

  connectedCallback(): void {
    const start = () => void this.#start();
    const { signal } = this.#waiting;
    for (const type of ['pointerenter', 'touchstart', 'focusin']) {
      this.addEventListener(type, start, { signal, passive: true });
    }
    this.addEventListener('click', (event) => this.#press(event), { signal, capture: true });
    this.addEventListener('change', (event) => this.#choose(event.target), { signal });
    addEventListener('dragover', (event) => this.#drag(event), { signal });
    addEventListener('drop', (event) => this.#drop(event), { signal });
    const openLink = () => {
      if (location.hash.startsWith('#code=')) start();
    };
    addEventListener('hashchange', openLink, { signal });
    openLink();
  }

  #start(): Promise<void> {
    this.#started ??= import('./start-record-tools.ts')
      .then(({ startRecordTools }) => startRecordTools(this))
      .then(() => this.#waiting.abort())
      .catch(() => {
        const failure = document.createElement('p');
        failure.setAttribute('role', 'alert');
        failure.textContent =
          'The tools for your record could not be loaded. Check the connection and reload the page.';
        this.prepend(failure);
      });
    return this.#started;
  }

  #press(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#start().then(() => button.click());
  }

  #choose(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return;
    void this.#start().then(() => target.dispatchEvent(new Event('change', { bubbles: true })));
  }

  /** Without this the browser would leave the page for the file. */
  #drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void this.#start();
  }

  #drop(event: DragEvent): void {
    const files = event.dataTransfer?.files;
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input || !files?.length) return;
    event.preventDefault();
    input.files = files;
    this.#choose(input);
  }
}

customElements.define('record-tools', RecordTools);
