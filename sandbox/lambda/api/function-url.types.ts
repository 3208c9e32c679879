/** Requests and responses about function URLs. Source: AWS Lambda API reference. */

export interface Cors {
  readonly AllowCredentials?: boolean;
  readonly AllowHeaders?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  /** Seconds. */
  readonly MaxAge?: number;
}

export interface FunctionUrlRequest {
  readonly FunctionName: string;
  /** An alias. */
  readonly Qualifier?: string;
}

export interface CreateFunctionUrlConfigRequest extends FunctionUrlRequest {
  readonly AuthType: 'NONE' | 'AWS_IAM';
  readonly InvokeMode?: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly Cors?: Cors;
}

export interface UpdateFunctionUrlConfigRequest extends FunctionUrlRequest {
  readonly AuthType?: 'NONE' | 'AWS_IAM';
  readonly InvokeMode?: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly Cors?: Cors;
}

export interface FunctionUrlConfig {
  /** `https://<32 letters and digits>.lambda-url.us-east-1.on.aws/` */
  readonly FunctionUrl: string;
  readonly FunctionArn: string;
  readonly AuthType: 'NONE' | 'AWS_IAM';
  readonly InvokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly Cors?: Cors;
  readonly CreationTime: string;
  readonly LastModifiedTime: string;
}

export interface ListFunctionUrlConfigsRequest {
  readonly FunctionName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListFunctionUrlConfigsResponse {
  readonly FunctionUrlConfigs: readonly FunctionUrlConfig[];
  readonly NextMarker?: string;
}
