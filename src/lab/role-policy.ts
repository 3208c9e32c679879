/** Policies of roles as text that is changed by adding what a function needs. Pure. */
import type { ApiCall } from '../../sandbox/worker/session.types.ts';

/** One thing that a role needs: `dynamodb:GetItem` on an ARN. */
export interface Need {
  readonly action: string;
  readonly resource: string;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/**
 * The policy with the needs allowed, as indented JSON: an action joins the statement of its resource, and a resource that
 * there is none of gets one. Text that is no policy is replaced by one.
 */
export function allowing(document: string | undefined, needs: readonly Need[]): string {
  const before = readStatements(document);
  const statements = needs.reduce((all, { action, resource }) => {
    const at = all.findIndex(
      (each) => each.Effect === 'Allow' && each.Condition === undefined && isOnly(each.Resource, resource),
    );
    const found = all[at];
    if (found === undefined) return [...all, { Effect: 'Allow', Action: action, Resource: resource }];
    const actions = [...new Set([...listOf(found.Action), action])];
    return all.with(at, { ...found, Action: actions.length === 1 ? action : actions });
  }, before);
  return `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`;
}

function readStatements(document: string | undefined): readonly Statement[] {
  try {
    const { Statement: found } = JSON.parse(document ?? '') as { readonly Statement?: unknown };
    return (Array.isArray(found) ? found : found === undefined ? [] : [found]) as readonly Statement[];
  } catch {
    return [];
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const isOnly = (value: unknown, wanted: string): boolean => {
  const list = listOf(value);
  return list.length === 1 && list[0] === wanted;
};

/** What a role must be allowed to send to a target. Source: Lambda guide, destinations and dead-letter queues. */
const sendingActions: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:SendMessage'],
  sns: ['sns:Publish'],
  lambda: ['lambda:InvokeFunction'],
  events: ['events:PutEvents'],
  s3: ['s3:PutObject', 's3:ListBucket'],
};

/** The call that lets a role send to a queue, topic, function, bus or bucket, as the console does; none for no target. */
export function letSend(RoleName: string, targetArn: string): readonly ApiCall[] {
  const [, , service = ''] = targetArn.split(':');
  const actions = sendingActions[service];
  if (actions === undefined) return [];
  const needs = actions.map((action) => ({
    action,
    resource: action === 's3:PutObject' ? `${targetArn}/*` : targetArn,
  }));
  const name = targetArn.slice(targetArn.lastIndexOf(':') + 1).replace(/[^\w-]/g, '-');
  return [
    {
      service: 'iam',
      operation: 'PutRolePolicy',
      input: { RoleName, PolicyName: `send-to-${name}`.slice(0, 128), PolicyDocument: allowing(undefined, needs) },
    },
  ];
}
