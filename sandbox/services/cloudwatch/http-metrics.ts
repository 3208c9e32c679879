/**
 * Metrics of HTTP front doors, read from the trace as it is written. Source: the CloudWatch chapters of the API Gateway
 * guide (REST and HTTP APIs), of the Elastic Load Balancing guide, and of the Lambda guide on function URLs.
 */
import type { HttpRequestAnswered, TraceEvent } from '../../trace.ts';
import type { Dimensions } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

/** What a kind of door calls its metrics; those that it does not have are absent. */
interface Names {
  readonly namespace: string;
  /** Name of the dimension that names the door. */
  readonly dimension: string;
  readonly count: string;
  readonly clientErrors: string;
  readonly serverErrors: string;
  readonly latency?: string;
  readonly integrationLatency?: string;
}

const names: Readonly<Record<HttpRequestAnswered['door'], Names>> = {
  'rest-api': {
    namespace: 'AWS/ApiGateway',
    dimension: 'ApiName',
    count: 'Count',
    clientErrors: '4XXError',
    serverErrors: '5XXError',
    latency: 'Latency',
    integrationLatency: 'IntegrationLatency',
  },
  'http-api': {
    namespace: 'AWS/ApiGateway',
    dimension: 'ApiId',
    count: 'Count',
    clientErrors: '4xx',
    serverErrors: '5xx',
    latency: 'Latency',
    integrationLatency: 'IntegrationLatency',
  },
  'load-balancer': {
    namespace: 'AWS/ApplicationELB',
    dimension: 'LoadBalancer',
    count: 'RequestCount',
    clientErrors: 'HTTPCode_ELB_4XX_Count',
    serverErrors: 'HTTPCode_ELB_5XX_Count',
  },
  'function-url': {
    namespace: 'AWS/Lambda',
    dimension: 'FunctionName',
    count: 'UrlRequestCount',
    clientErrors: 'Url4xxCount',
    serverErrors: 'Url5xxCount',
    latency: 'UrlRequestLatency',
  },
};

export class HttpMetrics {
  readonly #store: MetricStore;

  constructor(store: MetricStore) {
    this.#store = store;
  }

  read(event: TraceEvent): void {
    if (event.type === 'httpRequestAnswered' && event.resource !== undefined) this.#answered(event, event.resource);
  }

  #answered(event: HttpRequestAnswered, resource: string): void {
    const { door, stage, statusCode, integrationMs, durationMs, reason } = event;
    const own = names[door];
    const named: Dimensions = { [own.dimension]: resource };
    const sets = stage === undefined ? [named] : [named, { ...named, Stage: stage }];
    const add = (name: string | undefined, unit: string, value: number | undefined): void => {
      if (name === undefined || value === undefined) return;
      for (const dimensions of sets) {
        this.#store.add({ namespace: own.namespace, name, dimensions }, unit, event.time, value);
      }
    };
    const isIn = (hundred: number): 0 | 1 => (Math.floor(statusCode / 100) === hundred ? 1 : 0);
    add(own.count, 'Count', 1);
    if (door === 'load-balancer') {
      this.#ofTarget(event, add);
      return;
    }
    // Zeros too, so that the average is the share of errors.
    add(own.clientErrors, 'Count', isIn(4));
    add(own.serverErrors, 'Count', isIn(5));
    if (reason !== 'throttled') add(own.latency, 'Milliseconds', durationMs);
    add(own.integrationLatency, 'Milliseconds', integrationMs);
  }

  /** A load balancer tells its own errors from the codes that a function answered with. */
  #ofTarget(
    { statusCode, reason, integrationMs }: HttpRequestAnswered,
    add: (name: string | undefined, unit: string, value: number | undefined) => void,
  ): void {
    const hundred = `${Math.floor(statusCode / 100)}XX`;
    if (reason === undefined) {
      add(`HTTPCode_Target_${hundred}_Count`, 'Count', 1);
      add('TargetResponseTime', 'Seconds', (integrationMs ?? 0) / 1000);
      return;
    }
    if (reason !== 'fixed-response') add(`HTTPCode_ELB_${hundred}_Count`, 'Count', 1);
    if (reason === 'function-error' || reason === 'malformed-result') add('LambdaUserError', 'Count', 1);
    if (reason === 'function-throttled') add('LambdaInternalError', 'Count', 1);
  }
}
