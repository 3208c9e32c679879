/** Whether a request meets the conditions of a listener's rule. Source: Elastic Load Balancing guide, listener rules. */
import { matchesWildcard } from '../iam/wildcards.ts';
import type { Exchange } from '../http/front-door.ts';
import { decodePart, headerPairs, rawPairs } from '../http/message.ts';
import type { Condition } from './elastic-load-balancing-v2.types.ts';

export const conditionFields: readonly string[] = [
  'path-pattern',
  'host-header',
  'http-request-method',
  'http-header',
  'query-string',
];

/** All conditions must hold; of the values of one, any. */
export function holds(conditions: readonly Condition[], exchange: Exchange): boolean {
  return conditions.every((condition) => meets(condition, exchange));
}

function meets(condition: Condition, { address, request }: Exchange): boolean {
  const { Values: short = [], HttpHeaderConfig: header, QueryStringConfig: query } = condition;
  const some = (values: readonly string[], text: string): boolean =>
    values.some((pattern) => matchesWildcard(pattern, text));
  switch (condition.Field) {
    case 'path-pattern':
      return some(condition.PathPatternConfig?.Values ?? short, address.path);
    case 'host-header':
      return some(lower(condition.HostHeaderConfig?.Values ?? short), address.host);
    case 'http-request-method':
      return (condition.HttpRequestMethodConfig?.Values ?? short).includes(request.method);
    case 'http-header': {
      const wanted = header?.HttpHeaderName.toLowerCase();
      return headerPairs(request.headers).some(
        ([name, value]) => name === wanted && some(lower(header?.Values ?? []), value.toLowerCase()),
      );
    }
    default:
      return rawPairs(address.query).some(([name, value]) =>
        (query?.Values ?? []).some(
          ({ Key: key, Value: pattern }) =>
            (key === undefined || matchesWildcard(key.toLowerCase(), decodePart(name).toLowerCase())) &&
            matchesWildcard(pattern.toLowerCase(), decodePart(value).toLowerCase()),
        ),
      );
  }
}

const lower = (values: readonly string[]): readonly string[] => values.map((value) => value.toLowerCase());
