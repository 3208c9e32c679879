/** What clients.mjs says of one client. */
export interface ClientDescription {
  /** As its package is called without `client-`: `s3`. */
  readonly service: string;
  /** `S3Client`; the aggregated client is called the same without `Client`. */
  readonly client: string;
  /** Base class of its exceptions. */
  readonly exception: string;
  readonly protocol: 'rest-xml' | 'rest-json' | 'json' | 'query-json' | 'query' | 'ec2';
  readonly serviceId: string;
  readonly apiVersion: string;
  /** What stands before an error's name in `__type`. */
  readonly namespace?: string;
  /** Lists of names, separated by spaces. */
  readonly commands: string;
  readonly exceptions: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly paginators: Readonly<Record<string, string>>;
  readonly enums: Readonly<Record<string, string>>;
  readonly statuses: Readonly<Record<string, string>>;
}
