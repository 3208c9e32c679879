/** Cross-origin requests, as function URLs and HTTP APIs answer them by themselves. Source: the guides of both. */
import type { HttpHeaders } from '../service.ts';

/** In the names of both APIs. */
export interface CorsConfiguration {
  readonly AllowCredentials?: boolean;
  readonly AllowHeaders?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  /** Seconds. */
  readonly MaxAge?: number;
}

/** Whether a browser asks if it may send what it wants to send. */
export function isPreflight(method: string, header: (name: string) => string | undefined): boolean {
  return (
    method === 'OPTIONS' && header('origin') !== undefined && header('access-control-request-method') !== undefined
  );
}

/** What is added to an answer for that origin; nothing for an origin that is not allowed. */
export function corsHeaders(cors: CorsConfiguration, origin: string | undefined): HttpHeaders {
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (allowed === undefined) return {};
  const { AllowCredentials: credentials, ExposeHeaders: exposed = [] } = cors;
  return {
    'access-control-allow-origin': allowed,
    ...(allowed === '*' ? {} : { vary: 'Origin' }),
    ...(credentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(exposed.length === 0 ? {} : { 'access-control-expose-headers': exposed.join(',') }),
  };
}

/** The answer to a preflight request; without the permission when origin or method are not allowed. */
export function preflightHeaders(cors: CorsConfiguration, header: (name: string) => string | undefined): HttpHeaders {
  const { AllowMethods: methods = [], AllowHeaders: names = [], MaxAge: maxAge } = cors;
  const wanted = header('access-control-request-method') ?? '';
  const granted = corsHeaders(cors, header('origin'));
  const isAllowed = methods.includes('*') || methods.some((method) => method.toUpperCase() === wanted);
  if (!isAllowed || granted['access-control-allow-origin'] === undefined) return {};
  return {
    ...granted,
    'access-control-allow-methods': methods.join(','),
    ...(names.length === 0 ? {} : { 'access-control-allow-headers': names.join(',') }),
    ...(maxAge === undefined ? {} : { 'access-control-max-age': String(maxAge) }),
  };
}

function allowedOrigin(
  { AllowOrigins: origins = [], AllowCredentials: credentials }: CorsConfiguration,
  origin: string,
) {
  if (origins.includes('*')) return credentials === true ? origin : '*';
  const isAllowed = origins.some((pattern) =>
    pattern.includes('*')
      ? origin.startsWith(pattern.slice(0, pattern.indexOf('*'))) &&
        origin.endsWith(pattern.slice(pattern.indexOf('*') + 1))
      : pattern.toLowerCase() === origin.toLowerCase(),
  );
  return isAllowed ? origin : undefined;
}
