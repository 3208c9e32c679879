/** Amazon API Gateway's REST APIs: the control operations, with the actions that IAM knows them by. */
import { factNumber } from '../../facts.ts';
import type { Operation, Service, ServiceHost } from '../service.ts';
import type * as api from './api-gateway.types.ts';
import type { Deployment, Method, Resource, RestApi, Stage } from './rest-api.ts';
import { RestApis } from './rest-apis.ts';

export class ApiGateway implements Service {
  readonly name = 'api-gateway';
  readonly #host: ServiceHost;
  readonly #apis: RestApis;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#apis = new RestApis(host);
  }

  /** What the HTTP side serves. */
  find(apiId: string): RestApi | undefined {
    return this.#apis.get(apiId);
  }

  readonly operations = {
    CreateRestApi: this.#operation(
      'POST',
      () => '/restapis',
      (input: api.CreateRestApiRequest) => describeApi(this.#apis.create(input)),
    ),
    GetRestApi: this.#operation('GET', apiPath, ({ restApiId }: api.OnApi) => describeApi(this.#apis.find(restApiId))),
    GetRestApis: this.#operation(
      'GET',
      () => '/restapis',
      (_input: object) => ({
        items: this.#apis.list().map(describeApi),
      }),
    ),
    DeleteRestApi: this.#operation('DELETE', apiPath, ({ restApiId }: api.OnApi) => {
      this.#apis.delete(restApiId);
      return {};
    }),
    CreateResource: this.#operation(
      'POST',
      (input: api.CreateResourceRequest) => `${apiPath(input)}/resources/${input.parentId}`,
      (input) => describeResource(this.#apis.createResource(input)),
    ),
    GetResource: this.#operation('GET', resourcePath, (input: api.OnResource) =>
      describeResource(this.#apis.resource(input)),
    ),
    GetResources: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/resources`,
      ({ restApiId }) => ({ items: [...this.#apis.find(restApiId).resources.values()].map(describeResource) }),
    ),
    DeleteResource: this.#operation('DELETE', resourcePath, (input: api.OnResource) => {
      this.#apis.deleteResource(input);
      return {};
    }),
    PutMethod: this.#operation('PUT', methodPath, (input: api.PutMethodRequest) =>
      describeMethod(this.#apis.putMethod(input)),
    ),
    GetMethod: this.#operation('GET', methodPath, (input: api.OnMethod) => describeMethod(this.#apis.method(input))),
    DeleteMethod: this.#operation('DELETE', methodPath, (input: api.OnMethod) => {
      this.#apis.deleteMethod(input);
      return {};
    }),
    PutIntegration: this.#operation(
      'PUT',
      (input: api.PutIntegrationRequest) => `${methodPath(input)}/integration`,
      (input) => describeIntegration(this.#apis.putIntegration(input)),
    ),
    GetIntegration: this.#operation(
      'GET',
      (input: api.OnMethod) => `${methodPath(input)}/integration`,
      (input) => describeIntegration(this.#apis.integrated(input)),
    ),
    CreateDeployment: this.#operation(
      'POST',
      (input: api.CreateDeploymentRequest) => `${apiPath(input)}/deployments`,
      (input) => describeDeployment(this.#apis.deploy(input)),
    ),
    GetDeployments: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/deployments`,
      ({ restApiId }) => ({ items: [...this.#apis.find(restApiId).deployments.values()].map(describeDeployment) }),
    ),
    CreateStage: this.#operation(
      'POST',
      (input: api.CreateStageRequest) => `${apiPath(input)}/stages`,
      (input) => this.#describeStage(this.#apis.createStage(input)),
    ),
    GetStage: this.#operation('GET', stagePath, (input: api.OnStage) => this.#describeStage(this.#apis.stage(input))),
    GetStages: this.#operation(
      'GET',
      (input: api.OnApi) => `${apiPath(input)}/stages`,
      ({ restApiId }) => ({
        item: [...this.#apis.find(restApiId).stages.values()].map((stage) => this.#describeStage(stage)),
      }),
    ),
    UpdateStage: this.#operation('PATCH', stagePath, (input: api.UpdateStageRequest) =>
      this.#describeStage(this.#apis.updateStage(input)),
    ),
    DeleteStage: this.#operation('DELETE', stagePath, (input: api.OnStage) => {
      this.#apis.deleteStage(input);
      return {};
    }),
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

  #describeStage({ name, deploymentId, variables, created, throttling, tracingEnabled = false }: Stage) {
    const { facts } = this.#host;
    const throttle = throttling ?? {
      ratePerSecond: factNumber(facts, 'apigw-throttle', 'ratePerSecond'),
      burst: factNumber(facts, 'apigw-throttle', 'burst'),
    };
    return {
      stageName: name,
      deploymentId,
      variables,
      createdDate: new Date(created),
      tracingEnabled,
      methodSettings: {
        '*/*': { throttlingRateLimit: throttle.ratePerSecond, throttlingBurstLimit: throttle.burst },
      },
    };
  }
}

const apiPath = ({ restApiId }: api.OnApi): string => `/restapis/${restApiId}`;
const resourcePath = (input: api.OnResource): string => `${apiPath(input)}/resources/${input.resourceId}`;
const methodPath = (input: api.OnMethod): string => `${resourcePath(input)}/methods/${input.httpMethod}`;
const stagePath = (input: api.OnStage): string => `${apiPath(input)}/stages/${input.stageName}`;

const describeApi = ({ id, name, description, binaryMediaTypes, endpointTypes, rootResourceId, created }: RestApi) => ({
  id,
  name,
  ...(description === undefined ? {} : { description }),
  createdDate: new Date(created),
  ...(binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes }),
  apiKeySource: 'HEADER',
  endpointConfiguration: { types: endpointTypes },
  disableExecuteApiEndpoint: false,
  rootResourceId,
});

const describeResource = ({ id, parentId, pathPart, path, methods }: Resource) => ({
  id,
  ...(parentId === undefined ? {} : { parentId, pathPart }),
  path,
  ...(methods.size === 0
    ? {}
    : { resourceMethods: Object.fromEntries([...methods].map(([name, method]) => [name, describeMethod(method)])) }),
});

const describeMethod = (method: Method) => ({
  httpMethod: method.httpMethod,
  authorizationType: method.authorizationType,
  apiKeyRequired: false,
  ...(method.integration === undefined ? {} : { methodIntegration: describeIntegration(method) }),
});

const describeIntegration = ({ integration }: Method) => ({
  type: integration?.type,
  httpMethod: 'POST',
  uri: integration?.uri,
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: integration?.timeoutInMillis,
  responseTransferMode: integration?.responseTransferMode,
});

const describeDeployment = ({ id, created, description }: Deployment) => ({
  id,
  ...(description === undefined ? {} : { description }),
  createdDate: new Date(created),
});
