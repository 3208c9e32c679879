/** Filters of DescribeInstances: every filter must fit, with one of its values, which may have wildcards. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { matchesWildcard } from '../iam/wildcards.ts';
import type { Instance } from './instance.ts';

export interface Filter {
  /** `instance-state-name`, `instance-id`, `instance-type`, `tag-key`, `tag:<key>` */
  readonly Name: string;
  readonly Values: readonly string[];
}

/** @throws {ApiError} InvalidParameterValue for a filter that is not known here */
export function matchesFilters(instance: Instance, filters: readonly Filter[], facts: Facts): boolean {
  return filters.every(({ Name: name, Values: values }) => {
    const found = valuesOf(instance, name);
    if (found === undefined) throw factError(facts, 'err-ec2', 'filter', { filter: name });
    return found.some((value) => values.some((pattern) => matchesWildcard(pattern, value)));
  });
}

function valuesOf({ id, type, state, tags }: Instance, name: string): readonly string[] | undefined {
  switch (name) {
    case 'instance-id':
      return [id];
    case 'instance-type':
      return [type];
    case 'instance-state-name':
      return [state];
    case 'tag-key':
      return [...tags.keys()];
    default: {
      if (!name.startsWith('tag:')) return undefined;
      const value = tags.get(name.slice('tag:'.length));
      return value === undefined ? [] : [value];
    }
  }
}
