/** One stack: brings what is there to what its template says, in the order of the references, or leaves everything as it was. */
import { ApiError, type ServiceHost } from '../service.ts';
import { namesIn, valueOf, type Known } from './references.ts';
import { resourceTypes, type Call, type Made, type Properties, type ResourceType } from './resource-types.ts';
import { validationError, type Template, type TemplateResource } from './template.ts';

interface Resource {
  readonly type: string;
  readonly properties: Properties;
  readonly made: Made;
}

export interface StackHost {
  readonly name: string;
  readonly location: ServiceHost['location'];
  readonly call: Call;
  readonly imported: (name: string) => string | undefined;
}

export interface StackOutcome {
  /** Values by the names that they are exported under. */
  readonly exports: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** Resolved properties of functions, which are not made here. */
  readonly functions: ReadonlyMap<string, Properties>;
}

const functionTypes = ['AWS::Serverless::Function', 'AWS::Lambda::Function'];

export class Stack {
  readonly #host: StackHost;
  #resources = new Map<string, Resource>();

  constructor(host: StackHost) {
    this.#host = host;
  }

  /** @throws {ApiError} what CloudFormation says of the template, or the refusal of a call; nothing has changed then */
  update({ resources, outputs }: Template): StackOutcome {
    const order = inOrder(resources);
    const next = new Map<string, Resource>();
    const functions = new Map<string, Properties>();
    const undo: (() => void)[] = [];
    const gone: [string, Resource][] = [];
    const known = this.#known(next);
    try {
      for (const [id, { type, properties: given }] of order) {
        if (functionTypes.includes(type)) {
          functions.set(id, valueOf(given, known) as Properties);
          continue;
        }
        const kind = typeOf(type);
        checkProperties(id, kind, given);
        const properties = valueOf(given, known) as Properties;
        next.set(id, this.#bring(id, kind, { type, properties }, undo, gone));
      }
      const said = [...outputs].map(([id, { value, exportName }]) => {
        const text = String(valueOf(value, known));
        return { id, text, exportName: exportName === undefined ? undefined : String(valueOf(exportName, known)) };
      });
      const before = this.#resources;
      this.#resources = next;
      for (const [id, resource] of [...before].reverse()) {
        if (!next.has(id)) gone.push([id, resource]);
      }
      for (const [, { type, made, properties }] of gone) typeOf(type).remove(made, properties, this.#host.call);
      return {
        functions,
        outputs: new Map(said.map(({ id, text }) => [id, text])),
        exports: new Map(
          said.flatMap(({ exportName, text }) => (exportName === undefined ? [] : [[exportName, text]])),
        ),
      };
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  }

  /** The resource as it was when nothing of it differs; changed, or another one. */
  #bring(
    id: string,
    kind: ResourceType,
    wanted: Omit<Resource, 'made'>,
    undo: (() => void)[],
    gone: [string, Resource][],
  ): Resource {
    const { call, name } = this.#host;
    const { type, properties } = wanted;
    const there = this.#resources.get(id);
    const isSameType = there?.type === type;
    if (isSameType && JSON.stringify(there.properties) === JSON.stringify(properties)) return there;
    try {
      if (isSameType && kind.update !== undefined && mayChange(there.properties, properties)) {
        const change = (from: Properties, to: Properties): void => kind.update?.(there.made, from, to, call);
        undo.push(() => change(properties, there.properties));
        change(there.properties, properties);
        return { ...wanted, made: there.made };
      }
      if (there !== undefined && isSameType && kind.isExclusive === true) {
        kind.remove(there.made, there.properties, call);
        undo.push(() => void kind.create(there.properties, call, `${name}-${id}`));
      } else if (there !== undefined) gone.unshift([id, there]);
      const made = kind.create(properties, call, `${name}-${id}`);
      undo.push(() => kind.remove(made, properties, call));
      return { ...wanted, made };
    } catch (error) {
      if (!(error instanceof ApiError) || error.name === 'ValidationError') throw error;
      throw new ApiError(error.name, error.code, `${id} (${type}): ${error.message}`);
    }
  }

  #known(next: ReadonlyMap<string, Resource>): Known {
    const { location, name, imported } = this.#host;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::AccountId': location.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': location.region,
      'AWS::StackName': name,
    };
    return {
      ref: (id) => pseudo[id] ?? next.get(id)?.made.ref,
      attribute: (id, attribute) => next.get(id)?.made.attributes[attribute],
      imported,
    };
  }
}

/** A group in another VPC, or with another description, is another group. */
const mayChange = (before: Properties, after: Properties): boolean =>
  ['VpcId', 'GroupName', 'GroupDescription'].every((name) => before[name] === after[name]);

function typeOf(type: string): ResourceType {
  const found = resourceTypes[type];
  if (found !== undefined) return found;
  const known = Object.keys(resourceTypes).join(', ');
  throw validationError(`Template format error: Unrecognized resource types: [${type}]. This simulator has ${known}.`);
}

function checkProperties(id: string, { required, optional }: ResourceType, given: Properties): void {
  const problem = (what: string): Error =>
    validationError(`Properties validation failed for resource ${id} with message: #: ${what}`);
  const extra = Object.keys(given).find((name) => !required.includes(name) && !optional.includes(name));
  if (extra !== undefined) throw problem(`extraneous key [${extra}] is not permitted`);
  const missing = required.find((name) => given[name] === undefined || given[name] === null);
  if (missing !== undefined) throw problem(`required key [${missing}] not found`);
}

/** Each resource after those that it refers to. */
function inOrder(resources: Template['resources']): readonly [string, TemplateResource][] {
  const done = new Set<string>();
  const order: [string, TemplateResource][] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const resource = resources.get(id);
    if (resource === undefined || done.has(id)) return;
    if (path.includes(id)) {
      throw validationError(`Circular dependency between resources: [${path.slice(path.indexOf(id)).join(', ')}]`);
    }
    for (const name of [...namesIn(resource.properties), ...resource.dependsOn]) visit(name, [...path, id]);
    done.add(id);
    order.push([id, resource]);
  };
  for (const id of resources.keys()) visit(id, []);
  return order;
}
