/** The theme control: applies a choice to every page view and remembers it on this device. */
const key = 'coldstart:theme';

export class ThemeSelect extends HTMLElement {
  connectedCallback(): void {
    // Radio buttons of one name form one group in the document, and this control appears twice in it.
    const group = `theme-${[...document.querySelectorAll('theme-select')].indexOf(this)}`;
    const current = document.documentElement.dataset.scheme ?? 'auto';
    for (const input of this.querySelectorAll('input')) {
      input.name = group;
      input.checked = input.value === current;
    }
    this.addEventListener('change', (event) => choose((event.target as HTMLInputElement).value));
  }
}

function choose(theme: string): void {
  const { dataset } = document.documentElement;
  if (theme === 'auto') delete dataset.scheme;
  else dataset.scheme = theme;
  for (const input of document.querySelectorAll<HTMLInputElement>('theme-select input')) {
    input.checked = input.value === theme;
  }
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage may be denied: the choice holds for this page view.
  }
}
