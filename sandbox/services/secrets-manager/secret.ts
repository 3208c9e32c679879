/** One secret: its versions, and the labels that say which of them is current, previous or pending. */

export interface SecretValue {
  readonly SecretString?: string;
  readonly SecretBinary?: Uint8Array;
}

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  /** Virtual ms since the epoch. */
  readonly created: number;
}

export class Secret {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  description: string | undefined;
  changed: number;
  /** When it will be gone, once it is marked for deletion. */
  deletedAt: number | undefined;
  rotation: { readonly functionArn: string; readonly days: number | undefined } | undefined;
  lastRotated: number | undefined;
  readonly versions = new Map<string, SecretVersion>();
  /** Label -> id of the version that has it. */
  readonly stages = new Map<string, string>();

  constructor(name: string, arn: string, created: number) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.changed = created;
  }

  /** Adds a version under these labels. What was current becomes previous. */
  add(version: SecretVersion, stages: readonly string[]): void {
    this.versions.set(version.id, version);
    for (const stage of stages) this.move(stage, version.id);
    this.changed = version.created;
  }

  /** Gives a label to a version; moving AWSCURRENT leaves AWSPREVIOUS behind it. */
  move(stage: string, versionId: string): void {
    const before = this.stages.get(stage);
    this.stages.set(stage, versionId);
    if (stage === 'AWSCURRENT' && before !== undefined && before !== versionId) this.stages.set('AWSPREVIOUS', before);
    this.#forget();
  }

  take(stage: string): void {
    this.stages.delete(stage);
    this.#forget();
  }

  stagesOf(versionId: string): readonly string[] {
    return [...this.stages].filter(([, id]) => id === versionId).map(([stage]) => stage);
  }

  /** Versions without a label are deprecated, and can be deleted at any time. */
  #forget(): void {
    const labelled = new Set(this.stages.values());
    for (const id of [...this.versions.keys()]) if (!labelled.has(id)) this.versions.delete(id);
  }
}
