/** The REST APIs of an account, and what may be done to them: everything that can be wrong with a request is told here. */
import { factNumber } from '../../facts.ts';
import { NotSimulatedError } from '../../lambda/errors.ts';
import { ApiBook } from '../http/api-book.ts';
import { isStreaming, namesFunction } from '../http/integration-uri.ts';
import type { ServiceHost } from '../service.ts';
import type * as api from './api-gateway.types.ts';
import type { Deployment, Method, Resource, RestApi, Stage } from './rest-api.ts';
import { patchStage } from './stage-patches.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'];

export class RestApis extends ApiBook<RestApi> {
  constructor(host: ServiceHost) {
    super(host, 'rest api ids');
  }

  create({ name, description, binaryMediaTypes = [], endpointConfiguration }: api.CreateRestApiRequest): RestApi {
    if (typeof name !== 'string' || name === '') throw this.bad('Invalid API name specified');
    const root: Resource = { id: this.newId(10), pathPart: '', path: '/', methods: new Map() };
    const made: RestApi = {
      id: this.newId(10),
      name,
      ...(description === undefined ? {} : { description }),
      binaryMediaTypes,
      endpointTypes: endpointConfiguration?.types ?? ['EDGE'],
      rootResourceId: root.id,
      created: this.host.clock.now,
      resources: new Map([[root.id, root]]),
      deployments: new Map(),
      stages: new Map(),
    };
    this.keep(made);
    return made;
  }

  createResource({ restApiId, parentId, pathPart }: api.CreateResourceRequest): Resource {
    const { resources } = this.find(restApiId);
    const parent = this.resource({ restApiId, resourceId: parentId });
    if (!/^([\w.~:@!$&'()*+,;=%-]+|\{[\w.-]+\+?\})$/.test(pathPart)) {
      throw this.bad(
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
      );
    }
    if (parent.pathPart.endsWith('+}')) {
      throw this.bad(`Cannot create a child of a resource with a greedy path variable`);
    }
    const siblings = [...resources.values()].filter((resource) => resource.parentId === parentId);
    if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
      throw this.conflict('Another resource with the same parent already has this name: ' + pathPart);
    }
    const isVariable = (part: string): boolean => /^\{[^+]+\}$/.test(part);
    if (isVariable(pathPart) && siblings.some((sibling) => isVariable(sibling.pathPart))) {
      throw this.bad('A sibling of this resource already has a variable path part -- only one is allowed');
    }
    const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
    const made: Resource = { id: this.newId(6), parentId, pathPart, path, methods: new Map() };
    resources.set(made.id, made);
    return made;
  }

  deleteResource(on: api.OnResource): void {
    const { resources, rootResourceId } = this.find(on.restApiId);
    this.resource(on);
    if (on.resourceId === rootResourceId) throw this.bad('The root resource cannot be deleted');
    const drop = (id: string): void => {
      resources.delete(id);
      for (const { id: child, parentId } of [...resources.values()]) if (parentId === id) drop(child);
    };
    drop(on.resourceId);
  }

  /** @throws {ApiError} NotFoundException */
  resource({ restApiId, resourceId }: api.OnResource): Resource {
    const found = this.find(restApiId).resources.get(resourceId);
    if (found === undefined) throw this.notFound('Resource');
    return found;
  }

  /** @throws {ApiError} NotFoundException */
  method(on: api.OnMethod): Method {
    const found = this.resource(on).methods.get(on.httpMethod);
    if (found === undefined) throw this.notFound('Method');
    return found;
  }

  /** A method that has an integration. @throws {ApiError} NotFoundException */
  integrated(on: api.OnMethod): Method {
    const method = this.method(on);
    if (method.integration === undefined) throw this.notFound('Integration');
    return method;
  }

  putMethod(input: api.PutMethodRequest): Method {
    const { httpMethod, authorizationType: type, apiKeyRequired } = input;
    const { methods: present } = this.resource(input);
    if (!methods.includes(httpMethod)) throw this.bad(`Invalid HTTP method specified: ${httpMethod}`);
    if (present.has(httpMethod)) throw this.conflict('Method already exists for this resource');
    if (type !== 'NONE' && type !== 'AWS_IAM') {
      throw new NotSimulatedError(
        `The authorization type ${type} is not available in this simulator. It has NONE and AWS_IAM.`,
      );
    }
    if (apiKeyRequired === true) throw new NotSimulatedError('API keys are not available in this simulator.');
    const method: Method = { httpMethod, authorizationType: type };
    this.#setMethod(input, method);
    return method;
  }

  deleteMethod(on: api.OnMethod): void {
    this.method(on);
    const resource = this.resource(on);
    const left = new Map([...resource.methods].filter(([name]) => name !== on.httpMethod));
    this.find(on.restApiId).resources.set(resource.id, { ...resource, methods: left });
  }

  putIntegration(input: api.PutIntegrationRequest): Method {
    const method = this.method(input);
    const { type, uri = '', integrationHttpMethod } = input;
    const { facts } = this.host;
    if (type !== 'AWS_PROXY') {
      throw new NotSimulatedError(
        `Integrations of type ${type} are not available in this simulator. It has AWS_PROXY.`,
      );
    }
    if (integrationHttpMethod === undefined) throw this.bad('Enumeration value for HttpMethod must be non-empty');
    if (integrationHttpMethod !== 'POST')
      throw this.bad('Lambda functions are invoked with POST: integrationHttpMethod must be POST');
    if (!namesFunction(uri)) {
      throw this.bad('Invalid ARN specified in the request');
    }
    const { responseTransferMode: mode = 'BUFFERED' } = input;
    if (mode !== 'BUFFERED' && mode !== 'STREAM') throw this.bad(`Invalid response transfer mode specified: ${mode}`);
    if ((mode === 'STREAM') !== isStreaming(uri)) {
      throw this.bad(
        'The response transfer mode STREAM needs the URI of response-streaming-invocations, and no other does',
      );
    }
    const longest = mode === 'STREAM' ? 'apigw-rest-stream-timeout' : 'apigw-rest-timeout';
    const maximum = factNumber(facts, longest) * 1000;
    const minimum = factNumber(facts, 'apigw-minimum-timeout');
    const { timeoutInMillis = factNumber(facts, 'apigw-rest-timeout') * 1000 } = input;
    if (timeoutInMillis < minimum || timeoutInMillis > maximum) {
      throw this.bad(`Timeout should be between ${minimum} ms and ${maximum} ms`);
    }
    const changed: Method = { ...method, integration: { type, uri, timeoutInMillis, responseTransferMode: mode } };
    this.#setMethod(input, changed);
    return changed;
  }

  deploy({ restApiId, stageName, description, variables, tracingEnabled }: api.CreateDeploymentRequest): Deployment {
    const { resources, deployments, stages } = this.find(restApiId);
    const all = [...resources.values()].flatMap((resource) => [...resource.methods.values()]);
    if (all.length === 0) throw this.bad("The REST API doesn't contain any methods");
    if (all.some(({ integration }) => integration === undefined)) {
      throw this.bad('No integration defined for method');
    }
    const { clock } = this.host;
    const about = description === undefined ? {} : { description };
    const made: Deployment = { id: this.newId(6), created: clock.now, ...about, resources: new Map(resources) };
    deployments.set(made.id, made);
    if (stageName !== undefined) {
      const before = stages.get(stageName);
      const stage = before ?? this.#newStage(stageName, made.id, variables);
      const changed = variables === undefined ? stage : { ...stage, variables };
      const traced = tracingEnabled === undefined ? {} : { tracingEnabled };
      stages.set(stageName, { ...changed, ...traced, deploymentId: made.id });
    }
    return made;
  }

  createStage({ restApiId, stageName, deploymentId, variables, tracingEnabled }: api.CreateStageRequest): Stage {
    const { deployments, stages } = this.find(restApiId);
    if (!deployments.has(deploymentId)) throw this.bad('Deployment id does not exist');
    if (stages.has(stageName)) throw this.conflict('Stage already exists');
    const traced = tracingEnabled === undefined ? {} : { tracingEnabled };
    const made = { ...this.#newStage(stageName, deploymentId, variables), ...traced };
    stages.set(stageName, made);
    return made;
  }

  updateStage(input: api.UpdateStageRequest): Stage {
    const { stages, deployments } = this.find(input.restApiId);
    const changed = patchStage(this.stage(input), input.patchOperations ?? [], (reason) => this.bad(reason));
    if (!deployments.has(changed.deploymentId)) throw this.bad('Deployment id does not exist');
    stages.set(changed.name, changed);
    return changed;
  }

  /** @throws {ApiError} NotFoundException */
  stage({ restApiId, stageName }: api.OnStage): Stage {
    const found = this.find(restApiId).stages.get(stageName);
    if (found === undefined) throw this.notFound('stage');
    return found;
  }

  deleteStage(on: api.OnStage): void {
    this.stage(on);
    this.find(on.restApiId).stages.delete(on.stageName);
  }

  #newStage(name: string, deploymentId: string, variables: Readonly<Record<string, string>> = {}): Stage {
    if (!/^\w{1,128}$/.test(name)) throw this.bad('Stage name only allows a-zA-Z0-9_');
    return { name, deploymentId, variables, created: this.host.clock.now };
  }

  #setMethod(on: api.OnMethod, method: Method): void {
    const resource = this.resource(on);
    const all = new Map([...resource.methods, [on.httpMethod, method]]);
    this.find(on.restApiId).resources.set(resource.id, { ...resource, methods: all });
  }
}
