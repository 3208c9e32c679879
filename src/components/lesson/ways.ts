/** Turns ways of doing one thing into tabs: arrow keys, Home and End move, as ARIA's tab pattern says. */
let count = 0;

export class LessonWays extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset.tabs !== undefined) return;
    const { label = '', remember = '' } = this.dataset;
    const panels = [...this.querySelectorAll<HTMLElement>('.way')];
    const names = panels.map((panel) => panel.dataset.name ?? '');
    const base = `ways-${++count}`;
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', label);
    const tabs = panels.map((panel, index) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.id = `${base}-tab-${index}`;
      tab.textContent = names[index] ?? '';
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', `${base}-${index}`);
      panel.id = `${base}-${index}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      list.append(tab);
      return tab;
    });
    const select = (chosen: number): void => {
      tabs.forEach((tab, index) => {
        tab.setAttribute('aria-selected', String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
      });
      panels.forEach((panel, index) => (panel.hidden = index !== chosen));
    };
    const choose = (chosen: number): void => {
      select(chosen);
      remembered.write(remember, names[chosen] ?? '');
      const change = { detail: { group: remember, name: names[chosen] } };
      document.dispatchEvent(new CustomEvent('way-chosen', change));
    };
    list.addEventListener('click', (event) => {
      const at = tabs.indexOf(event.target as HTMLButtonElement);
      if (at >= 0) choose(at);
    });
    list.addEventListener('keydown', (event) => {
      const at = tabs.indexOf(event.target as HTMLButtonElement);
      const last = tabs.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
      tabs[to]?.focus();
    });
    document.addEventListener('way-chosen', (event) => {
      const { group, name } = (event as CustomEvent<{ group: string; name: string }>).detail;
      const at = names.indexOf(name);
      if (group === remember && at >= 0) select(at);
    });
    select(Math.max(0, names.indexOf(remembered.read(remember))));
    this.prepend(list);
    this.dataset.tabs = '';
  }
}

/** The last choice of each group. Without storage it lasts as long as the page. */
const remembered = {
  read(group: string): string {
    try {
      return localStorage.getItem(`coldstart:tab:${group}`) ?? '';
    } catch {
      return '';
    }
  },
  write(group: string, name: string): void {
    try {
      localStorage.setItem(`coldstart:tab:${group}`, name);
    } catch {
      // Storage may be denied: the choice holds for this page view.
    }
  },
};
