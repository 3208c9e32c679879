/** The paths by which targets pick parts of an event: `$.detail.items[0].name`, `$['detail-type']`. */

type Step = string | number;

/** Undefined when the text is no path. */
export function parseJsonPath(text: string): ((event: unknown) => unknown) | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  const pattern = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/y;
  let position = 1;
  while (position < text.length) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [all, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
    position += all.length;
  }
  return (event) => steps.reduce<unknown>(step, event);
}

function step(value: unknown, key: Step): unknown {
  if (typeof key === 'number') return Array.isArray(value) ? value[key] : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
