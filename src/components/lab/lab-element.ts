/**
 * The only script of the lab's page before something is opened: it waits for a choice (a scenario, a file, what was kept,
 * a link in the address), then loads the lab in the place of the list.
 */
import { hasDraft } from '../../progress/draft-hint.ts';
import type { LabWish } from './lab-wish.ts';

class LabElement extends HTMLElement {
  connectedCallback(): void {
    const kept = this.querySelector<HTMLElement>('[data-kept]');
    if (kept && hasDraft('lab/now')) kept.hidden = false;
    this.addEventListener('click', (event) => {
      const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-open]') : null;
      const what = pressed?.dataset.open;
      if (what === undefined) return;
      event.preventDefault();
      void this.#open(what);
    });
    const picker = this.querySelector<HTMLInputElement>('input[type="file"]');
    picker?.addEventListener('change', () => {
      const file = picker.files?.[0];
      picker.value = '';
      if (file) this.#show({ kind: 'file', file });
    });
    const address = () => {
      const [, id] = /^#scenario=([a-z0-9-]+)$/.exec(location.hash) ?? [];
      if (id !== undefined) this.#show({ kind: 'scenario', id });
      else if (location.hash.startsWith('#lab=')) this.#show({ kind: 'link', hash: location.hash });
    };
    addEventListener('hashchange', () => {
      if (this.dataset.opened === undefined) address();
    });
    address();
    if (hasDraft('lab/now')) void this.#list();
  }

  async #open(what: string): Promise<void> {
    if (what === 'file') this.querySelector<HTMLInputElement>('input[type="file"]')?.click();
    else if (what === 'empty') this.#show({ kind: 'empty' });
    else if (what.startsWith('scenario:')) this.#show({ kind: 'scenario', id: what.slice('scenario:'.length) });
    else {
      const { keptDocument } = await import('./start-lab.ts');
      const document = await keptDocument(what === 'kept' ? undefined : what.slice('saved:'.length));
      if (document) this.#show({ kind: 'document', document });
    }
  }

  /** What was saved by name. */
  async #list(): Promise<void> {
    const { listSaved } = await import('./saved-labs.ts');
    await listSaved(this);
  }

  #show(wish: LabWish): void {
    this.dataset.opened = '';
    import('./start-lab.ts').then(
      ({ startLab }) => startLab(this, wish),
      () => {
        delete this.dataset.opened;
        const failure = document.createElement('p');
        failure.setAttribute('role', 'alert');
        failure.textContent = 'The lab could not be loaded. Check the connection and reload the page.';
        this.prepend(failure);
      },
    );
  }
}

customElements.define('coldstart-lab', LabElement);
