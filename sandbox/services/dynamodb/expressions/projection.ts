/** Projection expressions: the parts of an item that are wanted, in the structure in which they stand. */
import { itemFrom, type AttributeValue, type Item } from '../attribute-value.ts';
import type { ExpressionContext } from './context.ts';
import type { Path } from './expression.types.ts';
import { ExpressionParser, pathText } from './parser.ts';

/** @throws {ApiError} ValidationException, also for paths that overlap */
export function parseProjection(text: unknown, context: ExpressionContext): readonly Path[] {
  const expression = 'ProjectionExpression';
  const parser = new ExpressionParser(text, expression, context);
  const paths = [parser.path()];
  while (parser.sign(',')) paths.push(parser.path());
  parser.end();
  checkOverlap(paths, expression, context);
  return paths;
}

/** One path must not begin as another one reads. */
export function checkOverlap(paths: readonly Path[], expression: string, context: ExpressionContext): void {
  paths.forEach((one, index) => {
    for (const other of paths.slice(index + 1)) {
      const length = Math.min(one.length, other.length);
      if (!one.slice(0, length).every((part, place) => part === other[place])) continue;
      throw context.refusal('overlap', { expression, one: listed(one), other: listed(other) });
    }
  });
}

const listed = (path: Path): string => path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ');

/** A list keeps the order of its chosen elements and closes up. */
export function project(item: Item, paths: readonly Path[]): Item {
  const chosen = select({ M: item }, paths);
  return chosen !== undefined && 'M' in chosen ? chosen.M : {};
}

function select(value: AttributeValue, paths: readonly Path[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  const restOf = (part: string | number): readonly Path[] =>
    paths.filter(([first]) => first === part).map((path) => path.slice(1));
  if ('M' in value) {
    const entries = Object.entries(value.M).flatMap(([name, member]) => {
      const rest = restOf(name);
      const selected = rest.length === 0 ? undefined : select(member, rest);
      return selected === undefined ? [] : [[name, selected] as const];
    });
    return entries.length === 0 ? undefined : { M: itemFrom(entries) };
  }
  if ('L' in value) {
    const elements = value.L.flatMap((element, place) => {
      const rest = restOf(place);
      const selected = rest.length === 0 ? undefined : select(element, rest);
      return selected === undefined ? [] : [selected];
    });
    return elements.length === 0 ? undefined : { L: elements };
  }
  return undefined;
}

export { pathText };
