/** Texts on their way from the guest to the host: the engine hands them over only as far as their first NUL. */

/** Never used for a character, so that it can stand for one. */
const mark = '\u{10FFFF}';

/** The text without NULs and lone surrogates (which standard output could not carry either). */
export function packText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!whole.includes('\0') && !whole.includes(mark)) return whole;
  return whole.replaceAll(mark, `${mark}1`).replaceAll('\0', `${mark}0`);
}

/** What `packText` was given. */
export function unpackText(text: string): string {
  return text.includes(mark) ? text.replaceAll(`${mark}0`, '\0').replaceAll(`${mark}1`, mark) : text;
}
