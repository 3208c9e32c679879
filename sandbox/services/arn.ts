/** Amazon Resource Names: `arn:aws:service:region:account:resource`, whose last part may have colons of its own. */

export interface Arn {
  readonly partition: string;
  /** As ARNs name it: `events` for EventBridge. */
  readonly service: string;
  /** Empty for global resources and buckets. */
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** The parts of an ARN, or undefined for any other text. */
export function parseArn(text: string): Arn | undefined {
  const parts = splitArn(text);
  if (parts?.length !== 6) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = parts;
  return { partition, service, region, accountId, resource };
}

/** The six parts; fewer when there are not as many; undefined for what does not begin as an ARN. */
export function splitArn(text: string): readonly string[] | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
