/** Requests of API Gateway's control operations for HTTP APIs, in the shapes of the AWS SDK for JavaScript v3. */
import type { CorsConfiguration } from '../http/cors.ts';

export interface OnApi {
  readonly ApiId: string;
}
export interface OnRoute extends OnApi {
  readonly RouteId: string;
}
export interface OnIntegration extends OnApi {
  readonly IntegrationId: string;
}
export interface OnStage extends OnApi {
  readonly StageName: string;
}

export interface CreateApiRequest {
  readonly Name: string;
  readonly ProtocolType: string;
  readonly Description?: string;
  readonly CorsConfiguration?: CorsConfiguration;
  /** Quick create: a function's ARN, which gets an integration, a route and a stage. */
  readonly Target?: string;
  /** Of the route that quick create makes; `$default` when absent. */
  readonly RouteKey?: string;
}

export interface UpdateApiRequest extends OnApi {
  readonly Name?: string;
  readonly Description?: string;
  readonly CorsConfiguration?: CorsConfiguration;
}

export interface IntegrationSettings {
  readonly IntegrationUri?: string;
  readonly PayloadFormatVersion?: string;
  readonly TimeoutInMillis?: number;
  readonly Description?: string;
}
export interface CreateIntegrationRequest extends OnApi, IntegrationSettings {
  readonly IntegrationType: string;
}
export interface UpdateIntegrationRequest extends OnIntegration, IntegrationSettings {}

export interface CreateRouteRequest extends OnApi {
  /** `GET /orders/{id}`, `ANY /{proxy+}`, `$default` */
  readonly RouteKey: string;
  /** `integrations/{id}` */
  readonly Target?: string;
  readonly AuthorizationType?: string;
}
export interface UpdateRouteRequest extends OnRoute {
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly AuthorizationType?: string;
}

export interface RouteSettings {
  readonly ThrottlingBurstLimit?: number;
  readonly ThrottlingRateLimit?: number;
}
export interface StageSettings {
  readonly AutoDeploy?: boolean;
  readonly DeploymentId?: string;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly StageVariables?: Readonly<Record<string, string>>;
}
export interface CreateStageRequest extends OnStage, StageSettings {}
export interface UpdateStageRequest extends OnStage, StageSettings {}

export interface CreateDeploymentRequest extends OnApi {
  readonly StageName?: string;
  readonly Description?: string;
}
