/** Links into the lab: to a scenario, or with a whole lab in them. What a link brings is looked at first and never runs by itself. */
import { pack, unpack } from '../components/runner/packed-json.ts';
import { readDocument, type LabDocument, type ReadDocument } from './lab-document.ts';

/** Longer addresses are cut by mail programs and chats. */
export const longestLabLink = 12_000;

const documentPrefix = '#lab=1.';

/** The hash with a whole lab, or how long it would have been. */
export function writeLabLink(
  document: LabDocument,
): { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly length: number } {
  const hash = documentPrefix + pack(document);
  return hash.length > longestLabLink ? { ok: false, length: hash.length } : { ok: true, hash };
}

/** Whether a hash carries a lab, damaged or not. */
export const isLabLink = (hash: string): boolean => hash.startsWith('#lab=');

/** What a hash carries. */
export function readLabLink(hash: string): ReadDocument {
  if (!hash.startsWith(documentPrefix)) {
    return { ok: false, message: 'It was made by another version of this page. Reload the page and try again.' };
  }
  try {
    if (hash.length > longestLabLink) throw new Error('too long');
    return readDocument(unpack(hash.slice(documentPrefix.length)));
  } catch {
    return { ok: false, message: 'It is damaged: it was probably cut on its way. Ask for it again.' };
  }
}
