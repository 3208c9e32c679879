/** Makes the services of an account and the gateway that calls reach them through. */
import { Gateway } from './gateway/gateway.ts';
import { Iam } from './iam/iam.ts';
import { parsePolicy, tellMistakes } from './iam/parse-policy.ts';
import { S3 } from './s3/s3.ts';
import { ApiError, type PolicyDocument, type ServiceHost } from './service.ts';
import { Sqs } from './sqs/sqs.ts';
import { Sts } from './sts/sts.ts';

export interface AccountServices {
  readonly gateway: Gateway;
  readonly iam: Iam;
  readonly s3: S3;
  readonly sqs: Sqs;
  readonly sts: Sts;
}

export function createServices(host: ServiceHost): AccountServices {
  const iam = new Iam(host);
  const gateway = new Gateway(host, iam);
  const { permissions } = gateway;
  return {
    gateway,
    iam,
    s3: gateway.register(new S3(host, { permissions, deliveries: gateway })),
    sqs: gateway.register(new Sqs(host, readQueuePolicy)),
    sts: gateway.register(new Sts(host, iam)),
  };
}

function readQueuePolicy(text: string): PolicyDocument {
  const parsed = parsePolicy(text, 'resource');
  if (parsed.ok) return parsed.document;
  const message = `Invalid value for the parameter Policy. ${tellMistakes(parsed.mistakes)}`;
  throw new ApiError('InvalidAttributeValue', 400, message);
}
