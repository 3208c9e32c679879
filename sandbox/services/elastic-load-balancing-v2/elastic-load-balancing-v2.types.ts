/** Requests of Elastic Load Balancing's API, version 2, in the shapes of the AWS SDK for JavaScript v3. */

export interface CreateLoadBalancerRequest {
  readonly Name: string;
  readonly Type?: string;
  readonly Scheme?: string;
  readonly Subnets?: readonly string[];
  readonly SecurityGroups?: readonly string[];
}

export interface CreateTargetGroupRequest {
  readonly Name: string;
  readonly TargetType?: string;
}

export interface OnLoadBalancer {
  readonly LoadBalancerArn: string;
}
export interface OnTargetGroup {
  readonly TargetGroupArn: string;
}
export interface OnListener {
  readonly ListenerArn: string;
}
export interface OnRule {
  readonly RuleArn: string;
}

/** A target of a group of type lambda: the function's ARN. */
export interface Target {
  readonly Id: string;
}
export interface TargetsRequest extends OnTargetGroup {
  readonly Targets: readonly Target[];
}

export interface Attribute {
  readonly Key: string;
  readonly Value: string;
}
export interface ModifyTargetGroupAttributesRequest extends OnTargetGroup {
  readonly Attributes: readonly Attribute[];
}

export interface Action {
  readonly Type: string;
  readonly TargetGroupArn?: string;
  readonly FixedResponseConfig?: {
    readonly StatusCode: string;
    readonly ContentType?: string;
    readonly MessageBody?: string;
  };
}

/** Exactly one of the values' lists is of use, by `Field`; `Values` is the short form of the first three. */
export interface Condition {
  readonly Field: string;
  readonly Values?: readonly string[];
  readonly PathPatternConfig?: { readonly Values: readonly string[] };
  readonly HostHeaderConfig?: { readonly Values: readonly string[] };
  readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
  readonly HttpHeaderConfig?: { readonly HttpHeaderName: string; readonly Values: readonly string[] };
  readonly QueryStringConfig?: { readonly Values: readonly { readonly Key?: string; readonly Value: string }[] };
}

export interface CreateListenerRequest extends OnLoadBalancer {
  readonly Protocol: string;
  readonly Port: number;
  readonly DefaultActions: readonly Action[];
  readonly Certificates?: readonly object[];
}

export interface CreateRuleRequest extends OnListener {
  readonly Priority: number;
  readonly Conditions: readonly Condition[];
  readonly Actions: readonly Action[];
}

export interface DescribeLoadBalancersRequest {
  readonly LoadBalancerArns?: readonly string[];
  readonly Names?: readonly string[];
}
export interface DescribeTargetGroupsRequest {
  readonly TargetGroupArns?: readonly string[];
  readonly Names?: readonly string[];
  readonly LoadBalancerArn?: string;
}
