/** JSON text laid out for reading. Pure. */

/** Short values in one line with spaces, longer ones over several lines; text that is not JSON as it is. */
export function prettyJson(text: string): string {
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
