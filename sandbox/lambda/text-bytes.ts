/** Texts as bytes: base64 and lengths, alike in Node and in browsers. */

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes that `base64` holds. Throws when it is not base64. */
export function bytesFromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The UTF-8 text that `base64` holds. Throws when it is not base64. */
export function textFromBase64(base64: string): string {
  return new TextDecoder().decode(bytesFromBase64(base64));
}

/** How many bytes the text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    // A pair is two units and four bytes; any other unit above 0x7ff, a lone surrogate included, takes three.
    bytes += unit < 0x800 ? 1 : 2;
    if (isPair) index += 1;
  }
  return bytes;
}
