/** Errors of services' APIs whose names, statuses and texts are facts. */
import { factNumber, factText, type Facts } from '../facts.ts';
import { ApiError } from './service.ts';

/** The error that the field `key` of the fact describes; `values` fill the braces of its text. */
export function factError(
  facts: Facts,
  id: string,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): ApiError {
  const message = factText(facts, id, `${key}.message`).replace(/\{(\w+)\}/g, (braces, name: string) =>
    String(values[name] ?? braces),
  );
  return new ApiError(factText(facts, id, `${key}.name`), factNumber(facts, id, `${key}.status`), message);
}
