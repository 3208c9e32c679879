/** Modules of Monaco that have no types of their own. */
declare module 'monaco-editor/languages/features/typescript/tsMode' {
  import type { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register';

  /** Registers JavaScript's language features with the editor. */
  export function setupJavaScript(defaults: typeof javascriptDefaults): void;
}

declare module 'monaco-editor/editor/contrib/suggest/browser/suggestController' {}
