/** JSON text laid out for reading. Pure. */

/** More characters than this are not laid out, and only the first of them are shown. */
const most = 20_000;
const shown = 1000;

/**
 * Short values in one line with spaces, longer ones over several lines; text that is not JSON as it is. Of a text of
 * many thousand characters the beginning, and how long it is.
 */
export function prettyJson(text: string): string {
  if (text.length > most) return `${text.slice(0, shown)}… (${text.length.toLocaleString('en-US')} characters in all)`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const indented = JSON.stringify(value, null, 2);
  const oneLine = indented.replace(/\n\s*/g, ' ');
  return oneLine.length <= 60 ? oneLine : indented;
}
