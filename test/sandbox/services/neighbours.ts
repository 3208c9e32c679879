/** Neighbours of a service in a test: queues that are real, functions and permissions that are scripted. */
import { ApiError, type Caller, type Deliveries, type PolicyDocument } from '../../../sandbox/services/service.ts';
import { Sqs } from '../../../sandbox/services/sqs/sqs.ts';
import { call, type TestHost } from './host.ts';

export interface Neighbours {
  readonly sqs: Sqs;
  readonly invoked: { readonly arn: string; readonly event: unknown; readonly caller: Caller }[];
  readonly deliveries: Deliveries;
  readonly parsePolicy: (text: string) => PolicyDocument;
  /** ARNs whose policies do not allow the delivery, or that do not answer for now. */
  readonly broken: Map<string, 'denied' | 'unavailable'>;
  readonly createQueue: (name: string, attributes?: Record<string, string>) => string;
  /** Bodies of the visible messages of a queue. */
  readonly bodies: (name: string) => string[];
  /** Further receivers of deliveries, by the service in their ARNs. */
  readonly receivers: Map<string, Deliveries['deliver']>;
}

export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

export function newNeighbours(host: TestHost): Neighbours {
  const parsePolicy = (text: string): PolicyDocument => JSON.parse(text) as PolicyDocument;
  const sqs = new Sqs(host, parsePolicy);
  const broken: Neighbours['broken'] = new Map();
  const receivers: Neighbours['receivers'] = new Map();
  const invoked: Neighbours['invoked'] = [];
  const check = (arn: string): void => {
    const state = broken.get(arn);
    if (state === 'denied') throw new ApiError('AccessDeniedException', 403, `Not allowed: ${arn}`);
    if (state === 'unavailable') throw new ApiError('ServiceException', 500, 'Internal error');
  };
  return {
    sqs,
    invoked,
    parsePolicy,
    broken,
    receivers,
    deliveries: {
      deliver: (arn, body, caller, attributes = {}, order) => {
        check(arn);
        const service = arn.split(':')[2] ?? '';
        if (service === 'lambda') invoked.push({ arn, event: JSON.parse(body), caller });
        else if (service === 'sqs') sqs.delivery.receive(arn, body, caller, attributes, order);
        else receivers.get(service)?.(arn, body, caller, attributes, order);
      },
    },
    createQueue: (name, attributes = {}) => {
      const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      call(sqs.operations.CreateQueue, { QueueName: name, Attributes: { ...fifo, ...attributes } });
      return queueArn(name);
    },
    bodies: (name) => [...(sqs.queue(queueArn(name))?.visibleMessages() ?? [])].map(({ content }) => content.body),
  };
}
