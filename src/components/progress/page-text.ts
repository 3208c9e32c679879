/** Setting texts in a page that was built with other ones. */

/** Leaves equal texts alone, so that nothing is painted or read out again. */
export function setText(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** All elements with a selector. */
export const all = (selector: string, within: ParentNode = document): readonly HTMLElement[] => [
  ...within.querySelectorAll<HTMLElement>(selector),
];

/** Sets the text of every element that waits for it: `data-say="time-spent"`. */
export function say(name: string, text: string, within: ParentNode = document): void {
  for (const element of all(`[data-say="${name}"]`, within)) setText(element, text);
}
