/** What somebody wants to open in the lab, and how a file becomes a lab. */
import { mostFileBytes, readDocumentText, type LabDocument } from '../../lab/lab-document.ts';

export type LabWish =
  | { readonly kind: 'empty' }
  | { readonly kind: 'scenario'; readonly id: string }
  | { readonly kind: 'link'; readonly hash: string }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'document'; readonly document: LabDocument };

/** Rejects with a message that says what is wrong with the file. */
export async function openFile(file: File): Promise<LabDocument> {
  if (file.size > mostFileBytes) {
    throw new Error(
      `${file.name} has ${Math.round(file.size / 1e6)} MB; a lab has at most ${mostFileBytes / 1e6}. Nothing was changed.`,
    );
  }
  const read = readDocumentText(await file.text());
  if (!read.ok) throw new Error(`${file.name} cannot be opened. ${read.message} Nothing was changed.`);
  return read.document;
}
