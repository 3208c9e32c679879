/** Roles and managed policies: as IAM keeps them, and as its API describes them. */
import type { PolicyDocument } from '../service.ts';

/** Ids of roles and policies are written with these. */
export const identifierAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface StoredRole {
  readonly name: string;
  /** `/` or `/service-role/` */
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Virtual ms since the epoch. */
  readonly created: number;
  readonly description?: string;
  /** Who may assume it. */
  trust: PolicyDocument;
  /** By name. */
  readonly inline: Map<string, PolicyDocument>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  /** Virtual ms since the epoch. */
  readonly created: number;
  readonly document: PolicyDocument;
}

export interface Role {
  readonly Path: string;
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly CreateDate: Date;
  /** URL-encoded JSON. */
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
}

export interface Policy {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
  readonly IsAttachable: boolean;
  readonly CreateDate: Date;
}
