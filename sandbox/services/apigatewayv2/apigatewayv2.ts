/** Amazon API Gateway's HTTP APIs: the control operations, with the actions that IAM knows them by. */
import { factNumber } from '../../facts.ts';
import type { Operation, Service, ServiceHost } from '../service.ts';
import type * as api from './apigatewayv2.types.ts';
import type { Deployment, HttpApi, Integration, Route, Stage } from './http-api.ts';
import { HttpApis } from './http-apis.ts';

export class ApiGatewayV2 implements Service {
  readonly name = 'apigatewayv2';
  readonly #host: ServiceHost;
  readonly #apis: HttpApis;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#apis = new HttpApis(host);
  }

  /** What the HTTP side serves. */
  find(apiId: string): HttpApi | undefined {
    return this.#apis.get(apiId);
  }

  readonly operations = {
    CreateApi: this.#operation(
      'POST',
      () => '/apis',
      (input: api.CreateApiRequest) => this.#describe(this.#apis.create(input)),
    ),
    GetApi: this.#operation('GET', apiPath, ({ ApiId }: api.OnApi) => this.#describe(this.#apis.find(ApiId))),
    GetApis: this.#operation(
      'GET',
      () => '/apis',
      (_input: object) => ({
        Items: this.#apis.list().map((each) => this.#describe(each)),
      }),
    ),
    UpdateApi: this.#operation('PATCH', apiPath, (input: api.UpdateApiRequest) =>
      this.#describe(this.#apis.update(input)),
    ),
    DeleteApi: this.#operation('DELETE', apiPath, ({ ApiId }: api.OnApi) => {
      this.#apis.delete(ApiId);
      return {};
    }),
    CreateIntegration: this.#operation(
      'POST',
      (input: api.CreateIntegrationRequest) => `${apiPath(input)}/integrations`,
      (input) => describeIntegration(this.#apis.createIntegration(input)),
    ),
    GetIntegration: this.#operation('GET', integrationPath, (input: api.OnIntegration) =>
      describeIntegration(this.#apis.integration(input)),
    ),
    GetIntegrations: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/integrations`,
      ({ ApiId }) => ({ Items: [...this.#apis.find(ApiId).integrations.values()].map(describeIntegration) }),
    ),
    UpdateIntegration: this.#operation('PATCH', integrationPath, (input: api.UpdateIntegrationRequest) =>
      describeIntegration(this.#apis.updateIntegration(input)),
    ),
    DeleteIntegration: this.#operation('DELETE', integrationPath, (input: api.OnIntegration) => {
      this.#apis.deleteIntegration(input);
      return {};
    }),
    CreateRoute: this.#operation(
      'POST',
      (input: api.CreateRouteRequest) => `${apiPath(input)}/routes`,
      (input) => describeRoute(this.#apis.createRoute(input)),
    ),
    GetRoute: this.#operation('GET', routePath, (input: api.OnRoute) => describeRoute(this.#apis.route(input))),
    GetRoutes: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/routes`,
      ({ ApiId }) => ({ Items: [...this.#apis.find(ApiId).routes.values()].map(describeRoute) }),
    ),
    UpdateRoute: this.#operation('PATCH', routePath, (input: api.UpdateRouteRequest) =>
      describeRoute(this.#apis.updateRoute(input)),
    ),
    DeleteRoute: this.#operation('DELETE', routePath, (input: api.OnRoute) => {
      this.#apis.deleteRoute(input);
      return {};
    }),
    CreateStage: this.#operation(
      'POST',
      (input: api.CreateStageRequest) => `${apiPath(input)}/stages`,
      (input) => this.#describeStage(this.#apis.createStage(input)),
    ),
    GetStage: this.#operation('GET', stagePath, (input: api.OnStage) => this.#describeStage(this.#apis.stage(input))),
    GetStages: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/stages`,
      ({ ApiId }) => ({
        Items: [...this.#apis.find(ApiId).stages.values()].map((stage) => this.#describeStage(stage)),
      }),
    ),
    UpdateStage: this.#operation('PATCH', stagePath, (input: api.UpdateStageRequest) =>
      this.#describeStage(this.#apis.updateStage(input)),
    ),
    DeleteStage: this.#operation('DELETE', stagePath, (input: api.OnStage) => {
      this.#apis.deleteStage(input);
      return {};
    }),
    CreateDeployment: this.#operation(
      'POST',
      (input: api.CreateDeploymentRequest) => `${apiPath(input)}/deployments`,
      (input) => describeDeployment(this.#apis.deploy(input)),
    ),
    GetDeployments: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/deployments`,
      ({ ApiId }) => ({ Items: [...this.#apis.find(ApiId).deployments.values()].map(describeDeployment) }),
    ),
  };

  /** IAM knows the operations by the method and path of their REST API. */
  #operation<Input, Output>(
    method: string,
    path: (input: Input) => string,
    run: (input: Input) => Output,
  ): Operation<Input, Output> {
    return {
      action: `apigateway:${method}`,
      resources: (input) => [`arn:aws:apigateway:${this.#host.location.region}::${path(input)}`],
      run,
    };
  }

  #describe({ id, name, created, description, cors }: HttpApi) {
    const { region } = this.#host.location;
    return {
      ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
      ApiId: id,
      ApiKeySelectionExpression: '$request.header.x-api-key',
      ...(cors === undefined ? {} : { CorsConfiguration: cors }),
      CreatedDate: new Date(created),
      ...(description === undefined ? {} : { Description: description }),
      DisableExecuteApiEndpoint: false,
      Name: name,
      ProtocolType: 'HTTP',
      RouteSelectionExpression: '$request.method $request.path',
    };
  }

  #describeStage({ name, created, autoDeploy, deploymentId, variables, throttling }: Stage) {
    const { facts } = this.#host;
    return {
      AutoDeploy: autoDeploy,
      CreatedDate: new Date(created),
      ...(deploymentId === undefined ? {} : { DeploymentId: deploymentId }),
      DefaultRouteSettings: {
        DetailedMetricsEnabled: false,
        ThrottlingBurstLimit: throttling?.burst ?? factNumber(facts, 'apigw-throttle', 'burst'),
        ThrottlingRateLimit: throttling?.ratePerSecond ?? factNumber(facts, 'apigw-throttle', 'ratePerSecond'),
      },
      StageName: name,
      StageVariables: variables,
    };
  }
}

const apiPath = ({ ApiId }: api.OnApi): string => `/apis/${ApiId}`;
const integrationPath = (input: api.OnIntegration): string => `${apiPath(input)}/integrations/${input.IntegrationId}`;
const routePath = (input: api.OnRoute): string => `${apiPath(input)}/routes/${input.RouteId}`;
const stagePath = (input: api.OnStage): string => `${apiPath(input)}/stages/${input.StageName}`;

const describeIntegration = ({ id, uri, payloadFormatVersion, timeoutInMillis, description }: Integration) => ({
  ConnectionType: 'INTERNET',
  ...(description === undefined ? {} : { Description: description }),
  IntegrationId: id,
  IntegrationMethod: 'POST',
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: uri,
  PayloadFormatVersion: payloadFormatVersion,
  TimeoutInMillis: timeoutInMillis,
});

const describeRoute = ({ id, key, integrationId, authorizationType }: Route) => ({
  ApiKeyRequired: false,
  AuthorizationType: authorizationType,
  RouteId: id,
  RouteKey: key,
  ...(integrationId === undefined ? {} : { Target: `integrations/${integrationId}` }),
});

const describeDeployment = ({ id, created, description }: Deployment) => ({
  AutoDeployed: false,
  CreatedDate: new Date(created),
  DeploymentId: id,
  DeploymentStatus: 'DEPLOYED',
  ...(description === undefined ? {} : { Description: description }),
});
