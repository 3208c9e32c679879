/** How a shared link's hash begins, and which of a page's runners it is for. Pure. */

/** `#run=1.checkout.`: the format's version and the function; what follows is the packed input. */
export const linkPrefix = (functionName: string): string => `#run=1.${encodeURIComponent(functionName)}.`;

/**
 * Whether the runner of `functionName` has to open `hash`. A link that no runner of the page recognises goes to the first,
 * which says so. `onPage` are the functions of all runners of the page, in order.
 */
export function isLinkFor(hash: string, functionName: string, onPage: readonly string[]): boolean {
  if (!hash.startsWith('#run=')) return false;
  const wanted = onPage.find((name) => hash.startsWith(linkPrefix(name))) ?? onPage[0];
  return wanted === functionName;
}

/** The functions of the runners on this page, in order. */
export function functionsOnPage(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('coldstart-runner, coldstart-challenge')].map(
    ({ dataset }) => dataset.function ?? '',
  );
}
