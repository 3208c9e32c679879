/**
 * All that a page loads of a runner by itself: it waits for the first sign of use (pointer, focus, key, a shared link in
 * the address, a kept draft) and then loads the runner and passes on what was pressed meanwhile.
 */
import { draftsHinted, hasDraft } from '../../progress/draft-hint.ts';
import { functionsOnPage, isLinkFor } from './link-prefix.ts';

export abstract class LazyRunner extends HTMLElement {
  #started: Promise<void> | undefined;
  #failure: HTMLElement | undefined;

  connectedCallback(): void {
    const { key = '', function: name = '' } = this.dataset;
    const start = () => void this.#start().catch(() => undefined);
    for (const type of ['pointerenter', 'touchstart', 'focusin']) {
      this.addEventListener(type, start, { once: true, passive: true });
    }
    this.addEventListener('click', this.#press, true);
    this.addEventListener('keydown', this.#key, true);
    const openLink = () => {
      if (isLinkFor(location.hash, name, functionsOnPage())) start();
    };
    addEventListener('hashchange', openLink, { once: true });
    openLink();
    const openDraft = () => {
      if (hasDraft(key)) start();
    };
    document.addEventListener(draftsHinted, openDraft);
    openDraft();
  }

  /** Loads what brings the static HTML to life, and does so. */
  protected abstract load(): Promise<void>;

  /** Takes the place of the static runner; afterwards this element does nothing any more. */
  async #start(): Promise<void> {
    this.#started ??= this.load().then(() => {
      this.removeEventListener('click', this.#press, true);
      this.removeEventListener('keydown', this.#key, true);
    });
    await this.#started;
  }

  /** Something was pressed and nothing can answer. A browser does not ask again for a script that did not come. */
  readonly #fail = (): void => {
    this.#failure ??= document.createElement('p');
    this.#failure.setAttribute('role', 'alert');
    this.#failure.textContent = 'The runner could not be loaded. Check the connection and reload the page.';
    this.prepend(this.#failure);
  };

  readonly #press = (event: MouseEvent): void => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-action]') : null;
    if (pressed?.dataset.action === undefined) return;
    event.stopPropagation();
    this.#later(pressed.dataset.action);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#later('invoke');
  };

  #later(action: string): void {
    // The sandbox loads in its worker while the page is busy with the runner.
    const opening =
      action === 'invoke' ? import('./session-start.ts').then(({ startSession }) => startSession()) : undefined;
    void Promise.all([this.#start(), opening]).then(() => {
      this.querySelector<HTMLElement>(`[data-action="${CSS.escape(action)}"]`)?.click();
    }, this.#fail);
  }
}
