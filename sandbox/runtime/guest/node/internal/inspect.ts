/** util.inspect and util.format: values as Node prints them. */
import {
  defaultOptions,
  type InspectContext,
  type InspectOptions,
  noStyle,
  styleWithColors,
} from './inspect/options.ts';
import { formatValue } from './inspect/value.ts';
import { customInspect, inspectColors, inspectStyles } from './inspect/options.ts';
import { formatWith } from './inspect/placeholders.ts';
import { invalidArgType } from './errors.ts';

export type { InspectOptions } from './inspect/options.ts';

/** The text of any value. The second parameter may be options or, as in old code, `showHidden`. */
export function inspect(
  value: unknown,
  options?: InspectOptions | boolean,
  depth?: number | null,
  colors?: boolean,
): string {
  const context: InspectContext = {
    ...defaultOptions,
    budget: {},
    indentationLevel: 0,
    seen: [],
    currentDepth: 0,
    stylize: noStyle,
    userOptions: undefined,
    circular: undefined,
  };
  if (typeof options === 'boolean') {
    context.showHidden = options;
    if (depth !== undefined) context.depth = depth;
    if (colors !== undefined) context.colors = colors;
  } else if (options) {
    for (const key of Object.keys(options)) {
      if (Object.hasOwn(defaultOptions, key) || key === 'stylize') (context as any)[key] = (options as any)[key];
    }
    context.userOptions = options;
  }
  if (context.colors) context.stylize = styleWithColors;
  if (context.maxArrayLength === null) context.maxArrayLength = Infinity;
  if (context.maxStringLength === null) context.maxStringLength = Infinity;
  return formatValue(context, value, 0);
}
inspect.custom = customInspect;
inspect.colors = inspectColors;
inspect.styles = inspectStyles;
inspect.defaultOptions = defaultOptions;

/** printf-like text, as console.log prints its arguments. */
export function format(...args: unknown[]): string {
  return formatWith(inspect, undefined, args);
}

export function formatWithOptions(options: InspectOptions, ...args: unknown[]): string {
  if (typeof options !== 'object' || options === null) throw invalidArgType('inspectOptions', 'object', options);
  return formatWith(inspect, options, args);
}

export { stripVTControlCharacters } from './inspect/strings.ts';
