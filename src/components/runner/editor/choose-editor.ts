/** Which editor a device gets: Monaco, or a plain text area on touch screens and where Monaco does not load. */
import type { Component } from 'svelte';

/** What both editors are given. */
export interface EditorProps {
  /** The file to edit. */
  path: string;
  /** All files of the function. */
  files: Readonly<Record<string, string>>;
  /** Whether the file may be read only. */
  readOnly: boolean;
  onchange: (path: string, text: string) => void;
  /** Ctrl+Enter or Cmd+Enter. */
  oninvoke: () => void;
}

export type EditorComponent = Component<EditorProps>;

export interface ChosenEditor {
  readonly component: EditorComponent;
  /** Why it is not the full editor; empty when it is, or when a plain one is what the device wants. */
  readonly why: string;
}

/** Loads the editor for this device. Never rejects unless not even the plain one loads. */
export async function editorFor(): Promise<ChosenEditor> {
  if (!matchMedia('(pointer: coarse)').matches) {
    try {
      return { component: (await import('./MonacoEditor.svelte')).default, why: '' };
    } catch {
      const why = 'The full editor could not be loaded; this is a plain one.';
      return { component: (await import('./PlainEditor.svelte')).default, why };
    }
  }
  return { component: (await import('./PlainEditor.svelte')).default, why: '' };
}
