/** What Lambda asks of the account around it: roles, and the way from a function's code to other services. */
import type { ApiAnswer, ApiCall, HttpAnswer, HttpCall } from '../runtime/contract.ts';
import type { Caller } from '../services/service.ts';
import type { VpcConfigResponse } from './api.types.ts';

export interface Surroundings {
  /** The role that the console makes for a function that is given none, with or without X-Ray. Returns its ARN. */
  ensureFunctionRole(functionName: string, isTraced: boolean): string;
  /** Whether the role exists and lets Lambda assume it. */
  canAssume(roleArn: string): boolean;
  /** Whether the role's policies, or the resource's, let it do that: `sqs:SendMessage` on a queue. */
  allows(roleArn: string, action: string, resource: string): boolean;
  /** Whether the role may create the log stream and write to it: without that no log reaches CloudWatch. */
  canWriteLogs(roleArn: string, logGroupName: string): boolean;
  /** The VPC of these subnets and security groups. @throws {ApiError} EC2's, when they are not there or not in one VPC */
  vpcOf(config: Omit<VpcConfigResponse, 'VpcId'>): string;
  /** Makes the network interfaces that are missing. Returns when all are there, in virtual ms since the epoch. */
  attach(config: VpcConfigResponse): number;
  /** `done` is called once, by a clock event. */
  callApi(call: ApiCall, caller: Caller, done: (answer: ApiAnswer) => void): void;
  /** Whether something answers at that address. */
  answers(url: string): boolean;
  /** Only where something answers. `done` is called once, by a clock event. */
  request(call: HttpCall, caller: Caller, done: (answer: HttpAnswer) => void): void;
}
