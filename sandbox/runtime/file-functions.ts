/** What the process does for its guest with files and modules: each costs fuel by its size. */
import { carryContextThroughAwait } from './await-context.ts';
import type { CpuMeter } from './cpu-meter.ts';
import { explainAt } from './explain-place.ts';
import type { EnvironmentFiles } from './files.ts';
import { waitForClosing } from './for-await.ts';
import type { HostFunctions } from './host-functions.ts';
import { fuelPerFileByte, fuelPerModule, fuelPerParsedCharacter } from './metering.ts';
import type { ModuleResolver } from './module-resolution.ts';
import type { ModuleSources } from './module-sources.ts';

export type FileFunctions = Pick<
  HostFunctions,
  | 'parsed'
  | 'resolve'
  | 'resolveHandlerFile'
  | 'readText'
  | 'commonJsSource'
  | 'fileRead'
  | 'fileSize'
  | 'fileWrite'
  | 'fileRemove'
  | 'fileList'
  | 'explain'
>;

export function createFileFunctions(
  files: EnvironmentFiles,
  resolver: ModuleResolver,
  sources: ModuleSources,
  meter: CpuMeter,
): FileFunctions {
  return {
    parsed: (characters) => meter.burn(fuelPerModule + characters * fuelPerParsedCharacter),
    resolve: (specifier, parent, kind) => resolver.resolve(specifier, parent, kind),
    resolveHandlerFile: (path) => resolver.handlerFile(path),
    readText: (path) => files.text(path),
    commonJsSource: (path) => {
      const source = waitForClosing(files.text(path) ?? '', false);
      return files.carriesContext ? carryContextThroughAwait(source, false) : source;
    },
    fileRead: (path) => {
      const bytes = files.bytes(path);
      meter.burn((bytes?.length ?? 0) * fuelPerFileByte);
      return bytes;
    },
    fileSize: (path) => files.size(path),
    fileWrite: (path, bytes) => {
      meter.burn(bytes.length * fuelPerFileByte);
      return files.write(path, bytes);
    },
    fileRemove: (path) => files.remove(path),
    fileList: () => files.list(),
    explain: (message, file, line, column) => explainAt(message, file, line, column, files, resolver, sources),
  };
}
