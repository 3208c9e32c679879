/** Segment documents, in the shape that X-Ray keeps them. Source: X-Ray guide, segment documents. Times in seconds. */

export interface Marks {
  /** A client's error, 4xx. */
  readonly error?: true;
  /** 429. */
  readonly throttle?: true;
  /** A server's error, 5xx, or an exception. */
  readonly fault?: true;
}

export interface SubsegmentDocument extends Marks {
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  readonly end_time?: number;
  readonly in_progress?: true;
  readonly namespace?: 'aws' | 'remote';
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly http?: HttpData;
  readonly subsegments?: readonly SubsegmentDocument[];
}

export interface SegmentDocument extends SubsegmentDocument {
  readonly trace_id: string;
  readonly parent_id?: string;
  /** `AWS::Lambda`, `AWS::Lambda::Function`, `AWS::ApiGateway::Stage` */
  readonly origin: string;
  readonly resource_arn?: string;
  readonly cause?: { readonly exceptions: readonly ExceptionData[] };
}

export interface ExceptionData {
  readonly id: string;
  readonly message?: string;
  readonly type?: string;
}

export interface HttpData {
  readonly request?: { readonly method: string; readonly url: string };
  readonly response?: { readonly status: number; readonly content_length?: number };
}
