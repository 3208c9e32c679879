/** What somebody typed or chose in static fields before the script was there that listens to them. */

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Notes the fields in `root` that are no longer as the page was sent.
 * @returns puts it into them again once they are alive, and tells whoever listens; to be called after hydration
 */
export function keepTyped(root: HTMLElement): () => void {
  const typed = [...root.querySelectorAll<Field>('input, select, textarea')].flatMap((field) => {
    const tell = changeOf(field);
    return tell === undefined ? [] : [tell];
  });
  return () => {
    for (const tell of typed) tell();
  };
}

function changeOf(field: Field): (() => void) | undefined {
  if (field instanceof HTMLSelectElement) {
    const sent = [...field.options].findIndex(({ defaultSelected }) => defaultSelected);
    const { value } = field;
    if (field.selectedIndex === Math.max(0, sent)) return undefined;
    return () => put(field, 'change', () => (field.value = value));
  }
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
    const { checked } = field;
    if (checked === field.defaultChecked) return undefined;
    return () => put(field, 'change', () => (field.checked = checked));
  }
  const { value } = field;
  if (value === field.defaultValue) return undefined;
  return () => put(field, 'input', () => (field.value = value));
}

function put(field: Field, type: 'input' | 'change', set: () => void): void {
  const caret =
    field instanceof HTMLTextAreaElement ? ([field.selectionStart, field.selectionEnd] as const) : undefined;
  set();
  if (caret !== undefined && field instanceof HTMLTextAreaElement) field.setSelectionRange(...caret);
  field.dispatchEvent(new Event(type, { bubbles: true }));
}
