/** util.parseArgs: options and positionals of a command line. */
import { codedError } from './errors.ts';
import { validateObject } from './validate.ts';

interface OptionConfig {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  default?: unknown;
}

interface Config {
  args?: string[];
  options?: Record<string, OptionConfig>;
  strict?: boolean;
  allowPositionals?: boolean;
  allowNegative?: boolean;
  tokens?: boolean;
}

interface Token {
  kind: 'option' | 'positional' | 'option-terminator';
  index: number;
  name?: string;
  rawName?: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

function tokenize(args: readonly string[], options: Record<string, OptionConfig>): Token[] {
  const tokens: Token[] = [];
  const longOf = (short: string): string =>
    Object.keys(options).find((name) => options[name]?.short === short) ?? short;
  const takesValue = (name: string): boolean => options[name]?.type === 'string';
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const option = (name: string, rawName: string, value?: string): void => {
      if (value !== undefined) tokens.push({ kind: 'option', name, rawName, index, value, inlineValue: true });
      else if (takesValue(name) && args[index + 1] !== undefined && !args[index + 1]?.startsWith('-')) {
        tokens.push({ kind: 'option', name, rawName, index, value: args[++index], inlineValue: false });
      } else tokens.push({ kind: 'option', name, rawName, index, value: undefined, inlineValue: undefined });
    };
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (index++; index < args.length; index++) tokens.push({ kind: 'positional', index, value: args[index] });
    } else if (arg.startsWith('--')) {
      const equals = arg.indexOf('=');
      if (equals === -1) option(arg.slice(2), arg);
      else option(arg.slice(2, equals), arg.slice(0, equals), arg.slice(equals + 1));
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at++) {
        const short = arg[at] as string;
        const name = longOf(short);
        if (takesValue(name) && at + 1 < arg.length) {
          option(name, `-${short}`, arg.slice(at + 1));
          break;
        }
        option(name, `-${short}`);
      }
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

function checkOption(token: Token, options: Record<string, OptionConfig>, allowPositionals: boolean): void {
  const { name = '', rawName = '', value } = token;
  const config = options[name];
  if (config === undefined) {
    const hint = allowPositionals
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"`
      : '';
    throw codedError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
  }
  const shown = `${config.short ? `-${config.short}, ` : ''}--${name}`;
  if (config.type === 'string' && value === undefined) {
    throw codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
  }
  if (config.type === 'boolean' && value !== undefined) {
    throw codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
  }
}

export function parseArgs(config: Config = {}): Record<string, unknown> {
  validateObject(config, 'config');
  const { options = {}, strict = true, allowNegative = false, allowPositionals = !strict } = config;
  const args = config.args ?? ((internals.process['argv'] as string[] | undefined) ?? []).slice(2);
  const values = Object.create(null) as Record<string, unknown>;
  const positionals: string[] = [];
  const tokens = tokenize(args, options);
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw codedError(
          TypeError,
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${token.value as string}'. This command does not take positional arguments`,
        );
      }
      positionals.push(token.value as string);
    } else if (token.kind === 'option') {
      let name = token.name as string;
      let value: unknown = token.value ?? true;
      if (allowNegative && name.startsWith('no-') && options[name] === undefined) {
        name = name.slice(3);
        value = false;
      }
      if (strict) checkOption({ ...token, name }, options, allowPositionals);
      if (options[name]?.multiple) values[name] = [...((values[name] as unknown[] | undefined) ?? []), value];
      else values[name] = value;
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && !(name in values)) values[name] = option.default;
  }
  return { values, positionals, ...(config.tokens && { tokens }) };
}
