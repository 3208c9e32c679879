/** Strings as literals: which quotes, which escapes; terminal codes and widths. */

const needsEscape =
  /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const terminalCodes =
  /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]))/g;

const shortEscapes: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

/** Single quotes, or double ones or backticks where that saves escaping. */
export function quote(text: string): string {
  if (!needsEscape.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  return `${mark}${escapeText(text, mark === "'")}${mark}`;
}

/** Control characters, backslashes, lone surrogates and (if asked for) single quotes escaped. */
export function escapeText(text: string, singleQuotes: boolean): string {
  return text.replace(new RegExp(needsEscape, 'g'), (character) => {
    if (character === "'") return singleQuotes ? "\\'" : "'";
    const code = character.charCodeAt(0);
    return (
      shortEscapes[character] ??
      (code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16)}`)
    );
  });
}

export function stripTerminalCodes(text: string): string {
  return text.replace(terminalCodes, '');
}

export function stripVTControlCharacters(text: unknown): string {
  if (typeof text !== 'string') throw load('internal/errors').invalidArgType('str', 'string', text);
  return stripTerminalCodes(text);
}

const fullWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}\u0000-\u001f\u007f-\u009f]/u;

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
  const plain = stripTerminalCodes(text);
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const character of plain.normalize('NFC')) {
    if (fullWidth.test(character)) width += 2;
    else if (!zeroWidth.test(character)) width += 1;
  }
  return width;
}
