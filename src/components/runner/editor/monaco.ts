/** Monaco with what a small function needs: the editor's core, JavaScript's colours, and on demand its language service. */
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

export { monaco };

/** Workers come from the site's own origin as files of the build; the language service's is made only when used. */
self.MonacoEnvironment = {
  async getWorker(_, label) {
    if (label !== 'javascript') return new EditorWorker();
    const { default: LanguageWorker } = await import('monaco-editor/language/typescript/ts.worker?worker');
    return new LanguageWorker();
  },
};

/** Where a function's file lies for the language service, as it does at AWS. */
export const fileUri = (path: string): monaco.Uri => monaco.Uri.file(`/var/task/${path}`);

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** The language service is some 1.6 MB (gzip), twice the editor itself: not for metered or slow connections. */
export function canAffordLanguageService(connection: Connection | undefined): boolean {
  return !connection?.saveData && (connection?.effectiveType ?? '4g') === '4g';
}

let started = false;

/** Completion, hints and syntax errors for JavaScript, from now on and for all editors of the page. */
export async function startLanguageService(): Promise<void> {
  if (started) return;
  started = true;
  const [{ javascriptDefaults, ModuleKind, ModuleResolutionKind, ScriptTarget }, { setupJavaScript }] =
    await Promise.all([
      import('monaco-editor/languages/features/typescript/register'),
      import('monaco-editor/languages/features/typescript/tsMode'),
    ]);
  javascriptDefaults.setCompilerOptions({
    allowJs: true,
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    allowNonTsExtensions: true,
    lib: ['esnext'],
  });
  // The sandbox says what a name or type means when the code runs; red lines for Node's own modules would be wrong.
  javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSuggestionDiagnostics: true });
  javascriptDefaults.setEagerModelSync(true);
  javascriptDefaults.addExtraLib(nodeGlobals, 'file:///var/runtime/globals.d.ts');
  // Monaco sets the service up when it meets the language for the first time, and that was before.
  setupJavaScript(javascriptDefaults);
}

/** The globals of Node.js that handlers use most, for completion. */
const nodeGlobals = `
declare const console: { log(...data: unknown[]): void; info(...data: unknown[]): void; warn(...data: unknown[]): void; error(...data: unknown[]): void; debug(...data: unknown[]): void; };
declare const process: { readonly env: Record<string, string | undefined>; hrtime: { bigint(): bigint }; exit(code?: number): never; };
declare function setTimeout(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): object;
declare function clearTimeout(timer: object): void;
declare function setInterval(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): object;
declare function clearInterval(timer: object): void;
`;
