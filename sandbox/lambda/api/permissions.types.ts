/** Requests and responses about resource-based policies. Source: AWS Lambda API reference. */

export interface AddPermissionRequest {
  readonly FunctionName: string;
  /** A version or alias; without one the statement is for the unqualified function. */
  readonly Qualifier?: string;
  readonly StatementId: string;
  /** `lambda:InvokeFunction` */
  readonly Action: string;
  /** `s3.amazonaws.com`, an account id, an ARN, or `*`. */
  readonly Principal: string;
  /** May hold `*` and `?`. */
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly PrincipalOrgID?: string;
  readonly EventSourceToken?: string;
  readonly FunctionUrlAuthType?: 'NONE' | 'AWS_IAM';
  readonly InvokedViaFunctionUrl?: boolean;
  readonly RevisionId?: string;
}

export interface AddPermissionResponse {
  /** JSON text. */
  readonly Statement: string;
}

export interface RemovePermissionRequest {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly StatementId: string;
  readonly RevisionId?: string;
}

export interface GetPolicyRequest {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

export interface GetPolicyResponse {
  /** JSON text. */
  readonly Policy: string;
  readonly RevisionId: string;
}
