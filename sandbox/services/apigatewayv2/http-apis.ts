/** The HTTP APIs of an account, and what may be done to them: everything that can be wrong with a request is told here. */
import { factNumber } from '../../facts.ts';
import { NotSimulatedError } from '../../lambda/errors.ts';
import { ApiBook } from '../http/api-book.ts';
import { namesFunction } from '../http/integration-uri.ts';
import type { ServiceHost } from '../service.ts';
import type * as api from './apigatewayv2.types.ts';
import type { Deployment, HttpApi, Integration, Route, Stage } from './http-api.ts';

export class HttpApis extends ApiBook<HttpApi> {
  constructor(host: ServiceHost) {
    super(host, 'http api ids');
  }

  create({ Name: name, ProtocolType: type, Description, CorsConfiguration, Target, RouteKey }: api.CreateApiRequest) {
    if (type !== 'HTTP') {
      throw new NotSimulatedError(`APIs of type ${type} are not available in this simulator. It has HTTP.`);
    }
    if (typeof name !== 'string' || name === '') throw this.bad('Name is required');
    const made: HttpApi = {
      id: this.newId(10),
      name,
      created: this.host.clock.now,
      ...(Description === undefined ? {} : { description: Description }),
      ...(CorsConfiguration === undefined ? {} : { cors: CorsConfiguration }),
      routes: new Map(),
      integrations: new Map(),
      deployments: new Map(),
      stages: new Map(),
    };
    this.keep(made);
    if (Target !== undefined) this.#quickCreate(made, Target, RouteKey ?? '$default');
    return made;
  }

  update({ ApiId, Name: name, Description, CorsConfiguration }: api.UpdateApiRequest): HttpApi {
    const found = this.find(ApiId);
    if (name !== undefined) found.name = name;
    if (Description !== undefined) found.description = Description;
    if (CorsConfiguration !== undefined) found.cors = CorsConfiguration;
    return found;
  }

  createIntegration({ ApiId, IntegrationType: type, ...settings }: api.CreateIntegrationRequest): Integration {
    const { integrations } = this.find(ApiId);
    if (type !== 'AWS_PROXY') {
      throw new NotSimulatedError(
        `Integrations of type ${type} are not available in this simulator. It has AWS_PROXY.`,
      );
    }
    // The SDK and the CLI ask for a version where the console takes 2.0 by itself.
    if (settings.PayloadFormatVersion === undefined)
      throw this.bad('PayloadFormatVersion is a required parameter for integration');
    const made = this.#integration(this.newId(7), settings);
    integrations.set(made.id, made);
    return made;
  }

  updateIntegration({ ApiId, IntegrationId, ...settings }: api.UpdateIntegrationRequest): Integration {
    const before = this.integration({ ApiId, IntegrationId });
    const made = this.#integration(before.id, {
      IntegrationUri: before.uri,
      PayloadFormatVersion: before.payloadFormatVersion,
      TimeoutInMillis: before.timeoutInMillis,
      ...settings,
    });
    this.find(ApiId).integrations.set(made.id, made);
    return made;
  }

  /** @throws {ApiError} NotFoundException */
  integration({ ApiId, IntegrationId }: api.OnIntegration): Integration {
    const found = this.find(ApiId).integrations.get(IntegrationId);
    if (found === undefined) throw this.notFound('Integration');
    return found;
  }

  deleteIntegration(on: api.OnIntegration): void {
    this.integration(on);
    const { routes, integrations } = this.find(on.ApiId);
    if ([...routes.values()].some(({ integrationId }) => integrationId === on.IntegrationId)) {
      throw this.conflict('Cannot delete Integration. Please delete all Routes that reference it first');
    }
    integrations.delete(on.IntegrationId);
  }

  createRoute({ ApiId, ...settings }: api.CreateRouteRequest): Route {
    const made = this.#route(ApiId, this.newId(7), settings);
    this.find(ApiId).routes.set(made.id, made);
    return made;
  }

  updateRoute({ ApiId, RouteId, ...settings }: api.UpdateRouteRequest): Route {
    const before = this.route({ ApiId, RouteId });
    const made = this.#route(ApiId, RouteId, {
      RouteKey: before.key,
      AuthorizationType: before.authorizationType,
      ...(before.integrationId === undefined ? {} : { Target: `integrations/${before.integrationId}` }),
      ...settings,
    });
    this.find(ApiId).routes.set(RouteId, made);
    return made;
  }

  /** @throws {ApiError} NotFoundException */
  route({ ApiId, RouteId }: api.OnRoute): Route {
    const found = this.find(ApiId).routes.get(RouteId);
    if (found === undefined) throw this.notFound('Route');
    return found;
  }

  deleteRoute(on: api.OnRoute): void {
    this.route(on);
    this.find(on.ApiId).routes.delete(on.RouteId);
  }

  createStage({ ApiId, StageName: name, ...settings }: api.CreateStageRequest): Stage {
    const { stages } = this.find(ApiId);
    if (!/^(\$default|[\w-]{1,128})$/.test(name)) {
      throw this.bad('Invalid stage name. Stage name must be $default or only contain a-zA-Z0-9-_');
    }
    if (stages.has(name)) throw this.conflict('Stage already exists');
    const made = this.#stage(ApiId, { name, created: this.host.clock.now, autoDeploy: false, variables: {} }, settings);
    stages.set(name, made);
    return made;
  }

  updateStage({ ApiId, StageName, ...settings }: api.UpdateStageRequest): Stage {
    const made = this.#stage(ApiId, this.stage({ ApiId, StageName }), settings);
    this.find(ApiId).stages.set(StageName, made);
    return made;
  }

  /** @throws {ApiError} NotFoundException */
  stage({ ApiId, StageName }: api.OnStage): Stage {
    const found = this.find(ApiId).stages.get(StageName);
    if (found === undefined) throw this.notFound('stage');
    return found;
  }

  deleteStage(on: api.OnStage): void {
    this.stage(on);
    this.find(on.ApiId).stages.delete(on.StageName);
  }

  deploy({ ApiId, StageName: stageName, Description }: api.CreateDeploymentRequest): Deployment {
    const { routes, integrations, deployments, stages } = this.find(ApiId);
    const stage = stageName === undefined ? undefined : this.stage({ ApiId, StageName: stageName });
    if (stage?.autoDeploy === true) throw this.bad('Deployments cannot be made for a stage that deploys by itself');
    if (routes.size === 0) throw this.bad('At least one route is required before deploying the Api');
    const made: Deployment = {
      id: this.newId(6),
      created: this.host.clock.now,
      ...(Description === undefined ? {} : { description: Description }),
      routes: new Map(routes),
      integrations: new Map(integrations),
    };
    deployments.set(made.id, made);
    if (stage !== undefined) stages.set(stage.name, { ...stage, deploymentId: made.id });
    return made;
  }

  #quickCreate(made: HttpApi, target: string, routeKey: string): void {
    const integration = this.#integration(this.newId(7), { IntegrationUri: target, PayloadFormatVersion: '2.0' });
    made.integrations.set(integration.id, integration);
    this.createRoute({ ApiId: made.id, RouteKey: routeKey, Target: `integrations/${integration.id}` });
    this.createStage({ ApiId: made.id, StageName: '$default', AutoDeploy: true });
  }

  #integration(id: string, settings: api.IntegrationSettings): Integration {
    const { facts } = this.host;
    const maximum = factNumber(facts, 'apigw-http-timeout') * 1000;
    const minimum = factNumber(facts, 'apigw-minimum-timeout');
    const { IntegrationUri: uri = '', PayloadFormatVersion: version, TimeoutInMillis: timeout = maximum } = settings;
    if (!namesFunction(uri)) throw this.bad('IntegrationUri should be a valid Lambda function ARN');
    if (version !== '1.0' && version !== '2.0') throw this.bad('PayloadFormatVersion should be 1.0 or 2.0');
    if (timeout < minimum || timeout > maximum) {
      throw this.bad(`Timeout should be between ${minimum} ms and ${maximum} ms`);
    }
    const about = settings.Description === undefined ? {} : { description: settings.Description };
    return { id, uri, payloadFormatVersion: version, timeoutInMillis: timeout, ...about };
  }

  #route(apiId: string, id: string, settings: Omit<api.UpdateRouteRequest, 'ApiId' | 'RouteId'>): Route {
    const { routes, integrations } = this.find(apiId);
    const { RouteKey: key = '', Target: target, AuthorizationType: type = 'NONE' } = settings;
    if (!/^(\$default|(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \/\S*)$/.test(key)) {
      throw this.bad(
        'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
      );
    }
    if ([...routes.values()].some((route) => route.key === key && route.id !== id)) {
      throw this.conflict(`Route with key ${key} already exists for this API`);
    }
    if (type !== 'NONE' && type !== 'AWS_IAM') {
      throw new NotSimulatedError(
        `The authorization type ${type} is not available in this simulator. It has NONE and AWS_IAM.`,
      );
    }
    const [, integrationId] = /^integrations\/(\w+)$/.exec(target ?? '') ?? [];
    if (target !== undefined && (integrationId === undefined || !integrations.has(integrationId))) {
      throw this.notFound('Integration');
    }
    return { id, key, authorizationType: type, ...(integrationId === undefined ? {} : { integrationId }) };
  }

  #stage(apiId: string, before: Stage, settings: api.StageSettings): Stage {
    const { AutoDeploy, DeploymentId, DefaultRouteSettings: limits, StageVariables } = settings;
    if (DeploymentId !== undefined && !this.find(apiId).deployments.has(DeploymentId))
      throw this.notFound('Deployment');
    return {
      ...before,
      ...(AutoDeploy === undefined ? {} : { autoDeploy: AutoDeploy }),
      ...(DeploymentId === undefined ? {} : { deploymentId: DeploymentId }),
      ...(StageVariables === undefined ? {} : { variables: StageVariables }),
      ...(limits === undefined ? {} : { throttling: this.#limits(limits) }),
    };
  }

  #limits({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }: api.RouteSettings) {
    const { facts } = this.host;
    return {
      ratePerSecond: rate ?? factNumber(facts, 'apigw-throttle', 'ratePerSecond'),
      burst: burst ?? factNumber(facts, 'apigw-throttle', 'burst'),
    };
  }
}
