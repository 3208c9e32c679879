/** Options, colours and the working state of one inspection. */

export interface InspectOptions {
  showHidden?: boolean;
  depth?: number | null;
  colors?: boolean;
  customInspect?: boolean;
  showProxy?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
  breakLength?: number;
  compact?: boolean | number;
  sorted?: boolean | ((a: string, b: string) => number);
  getters?: boolean | 'get' | 'set';
  numericSeparator?: boolean;
}

export type Stylize = (text: string, style: string) => string;

export interface InspectContext extends Required<InspectOptions> {
  maxArrayLength: number;
  maxStringLength: number;
  budget: Record<number, number>;
  indentationLevel: number;
  /** The objects on the way to the value being formatted. */
  seen: unknown[];
  currentDepth: number;
  stylize: Stylize;
  userOptions: InspectOptions | undefined;
  /** Objects that refer to themselves, with their `<ref *n>` number. */
  circular: Map<unknown, number> | undefined;
}

export const defaultOptions: Required<InspectOptions> & { maxArrayLength: number; maxStringLength: number } = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

export const customInspect = Symbol.for('nodejs.util.inspect.custom');

const foreground = (code: number): [number, number] => [code, 39];
const background = (code: number): [number, number] => [code, 49];

/** SGR codes: on, off. */
export const inspectColors: Record<string, [number, number]> = Object.assign(Object.create(null), {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
  black: foreground(30),
  red: foreground(31),
  green: foreground(32),
  yellow: foreground(33),
  blue: foreground(34),
  magenta: foreground(35),
  cyan: foreground(36),
  white: foreground(37),
  bgBlack: background(40),
  bgRed: background(41),
  bgGreen: background(42),
  bgYellow: background(43),
  bgBlue: background(44),
  bgMagenta: background(45),
  bgCyan: background(46),
  bgWhite: background(47),
  framed: [51, 54],
  overlined: [53, 55],
  gray: foreground(90),
  grey: foreground(90),
  redBright: foreground(91),
  greenBright: foreground(92),
  yellowBright: foreground(93),
  blueBright: foreground(94),
  magentaBright: foreground(95),
  cyanBright: foreground(96),
  whiteBright: foreground(97),
  bgGray: background(100),
  bgRedBright: background(101),
  bgGreenBright: background(102),
  bgYellowBright: background(103),
  bgBlueBright: background(104),
  bgMagentaBright: background(105),
  bgCyanBright: background(106),
  bgWhiteBright: background(107),
});

export const inspectStyles: Record<string, string> = Object.assign(Object.create(null), {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
});

export const noStyle: Stylize = (text) => text;

export const styleWithColors: Stylize = (text, style) => {
  const color = inspectColors[inspectStyles[style] ?? ''];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
};
