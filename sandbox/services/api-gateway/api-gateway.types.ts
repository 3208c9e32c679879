/** Requests of API Gateway's control operations for REST APIs, in the shapes of the AWS SDK for JavaScript v3. */

export interface OnApi {
  readonly restApiId: string;
}
export interface OnResource extends OnApi {
  readonly resourceId: string;
}
export interface OnMethod extends OnResource {
  /** `GET`, or `ANY` for all that have none of their own. */
  readonly httpMethod: string;
}
export interface OnStage extends OnApi {
  readonly stageName: string;
}

export interface CreateRestApiRequest {
  readonly name: string;
  readonly description?: string;
  /** Types whose bodies come to functions as Base64. */
  readonly binaryMediaTypes?: readonly string[];
  readonly endpointConfiguration?: { readonly types?: readonly string[] };
}

export interface CreateResourceRequest extends OnApi {
  readonly parentId: string;
  /** `orders`, `{id}`, or `{proxy+}` for everything below. */
  readonly pathPart: string;
}

export interface PutMethodRequest extends OnMethod {
  readonly authorizationType: string;
  readonly apiKeyRequired?: boolean;
}

export interface PutIntegrationRequest extends OnMethod {
  readonly type: string;
  /** Of the integration: POST, always, for a function. */
  readonly integrationHttpMethod?: string;
  readonly uri?: string;
  readonly timeoutInMillis?: number;
  readonly responseTransferMode?: string;
}

export interface CreateDeploymentRequest extends OnApi {
  readonly stageName?: string;
  readonly tracingEnabled?: boolean;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface CreateStageRequest extends OnStage {
  readonly deploymentId: string;
  readonly tracingEnabled?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: string;
}

export interface UpdateStageRequest extends OnStage {
  readonly patchOperations?: readonly PatchOperation[];
}
