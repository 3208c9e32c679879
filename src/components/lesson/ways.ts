/** Turns the ways of `<InRealLife>` into tabs: arrow keys, Home and End move, as ARIA's tab pattern says. */
let count = 0;

export class LessonWays extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset.tabs !== undefined) return;
    const panels = [...this.querySelectorAll<HTMLElement>('.way')];
    const base = `ways-${++count}`;
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'In real life');
    const tabs = panels.map((panel, index) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.id = `${base}-tab-${index}`;
      tab.textContent = panel.dataset.name ?? '';
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
    list.addEventListener('click', (event) => {
      const at = tabs.indexOf(event.target as HTMLButtonElement);
      if (at >= 0) select(at);
    });
    list.addEventListener('keydown', (event) => {
      const at = tabs.indexOf(event.target as HTMLButtonElement);
      const last = tabs.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      select(to);
      tabs[to]?.focus();
    });
    select(0);
    this.prepend(list);
    this.dataset.tabs = '';
  }
}
