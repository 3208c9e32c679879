/** Finds the file of an error and asks what its source says there. */
import type { EnvironmentFiles } from './files.ts';
import { closingEdits } from './for-await.ts';
import type { ModuleResolver } from './module-resolution.ts';
import type { ModuleSources } from './module-sources.ts';
import { columnBefore } from './source-edits.ts';
import { describeEvaluated, explainError } from './source-explanation.ts';

/**
 * V8's words for an engine error, as `explainError` gives them, or '' when there is nothing better to say. `file` is a
 * path, a file URL, or `text:` with the text that was evaluated. For a missing export the words come alone.
 */
export function explainAt(
  message: string,
  file: string,
  line: number,
  column: number,
  files: EnvironmentFiles,
  resolver: ModuleResolver,
  sources: ModuleSources,
): string {
  const missingExport = /^syntax:Could not find export '(.+)' in module '(.+)'$/.exec(message);
  if (missingExport !== null) {
    const [, name = '', module = ''] = missingExport;
    const specifier = sources.specifiers.get(module) ?? module;
    if (module.startsWith('commonjs:')) {
      return (
        `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all module.exports as named exports.\n` +
        `CommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '${specifier}';\nconst { ${name} } = pkg;\n`
      );
    }
    return `The requested module '${specifier}' does not provide an export named '${name}'`;
  }
  if (file.startsWith('text:')) {
    const text = describeEvaluated(file.slice('text:'.length), false);
    return text === '' ? '' : `1:1:${text}`;
  }
  if (file === '' && message.startsWith('syntax:')) return explainLoaded(message, files, sources);
  const path = file.startsWith('file://') ? decodeURI(file.slice(7)) : file;
  const source = files.text(path);
  if (source === undefined) return '';
  const isModule = resolver.format(path) === 'module';
  const place = columnBefore(source, closingEdits(source, isModule), line, column);
  return explainError(message, source, isModule, line, place);
}

/** A syntax error without a place, as in a regular expression: it is in the module asked for last that does not parse. */
function explainLoaded(message: string, files: EnvironmentFiles, sources: ModuleSources): string {
  for (const name of [...sources.specifiers.keys()].reverse()) {
    const source = name.startsWith('file://') ? files.text(decodeURI(name.slice(7))) : undefined;
    const explained = source === undefined ? '' : explainError(message, source, true, 1, 1);
    if (explained !== '') return explained;
  }
  return '';
}
