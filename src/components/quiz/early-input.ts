/** What was chosen or typed on a static page before its code came, and how the code hears of it. */

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const controlsIn = (element: HTMLElement): Control[] => [
  ...element.querySelectorAll<Control>('input, select, textarea'),
];

function isTouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return control.selectedIndex > 0;
  if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox')) {
    return control.checked !== control.defaultChecked;
  }
  return control.value !== control.defaultValue;
}

/** Remembers what is in an element's controls now; the returned function puts it back and tells it as input. */
export function keepEarlyInput(element: HTMLElement): () => void {
  const touched = controlsIn(element).flatMap((control, at) => {
    if (!isTouched(control)) return [];
    const checked = control instanceof HTMLInputElement && control.checked;
    return [{ at, value: control.value, checked }];
  });
  const caret = caretIn(element);
  return () => {
    for (const { at, value, checked } of touched) {
      const control = controlsIn(element)[at];
      if (!control) continue;
      if (control instanceof HTMLInputElement && checked) control.checked = true;
      else control.value = value;
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
    }
    caret();
  };
}

/** Remembers what is selected in the control that has the focus; the returned function selects it again. */
function caretIn(element: HTMLElement): () => void {
  const control = document.activeElement;
  const isText =
    control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type === 'text');
  if (!isText || !element.contains(control)) return () => undefined;
  const { selectionStart, selectionEnd } = control;
  return () => control.setSelectionRange(selectionStart, selectionEnd);
}
