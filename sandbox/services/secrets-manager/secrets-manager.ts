/** AWS Secrets Manager: secrets with versions, deletion that can be undone, rotation by a function. */
import { factNumber } from '../../facts.ts';
import { newToken, newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { Caller, FunctionInvoker, Operation, Permissions, Service, ServiceHost } from '../service.ts';
import { rotate } from './rotation.ts';
import { Secret, type SecretValue, type SecretVersion } from './secret.ts';

const dayMs = 86_400_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface OfSecret {
  /** Name, ARN, or ARN without its last six characters. */
  readonly SecretId: string;
}

interface NewVersion extends SecretValue {
  /** Becomes the version's id. */
  readonly ClientRequestToken?: string;
}

interface GetSecretValueRequest extends OfSecret {
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

interface DeleteSecretRequest extends OfSecret {
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

interface RotateSecretRequest extends OfSecret {
  readonly ClientRequestToken?: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: { readonly AutomaticallyAfterDays?: number };
  readonly RotateImmediately?: boolean;
}

interface UpdateStageRequest extends OfSecret {
  readonly VersionStage: string;
  readonly MoveToVersionId?: string;
  readonly RemoveFromVersionId?: string;
}

export interface SecretsManagerHost extends ServiceHost {
  readonly permissions: Permissions;
  /** Lambda, when it is there. */
  readonly functions: () => FunctionInvoker | undefined;
}

export class SecretsManager implements Service {
  readonly name = 'secrets-manager';
  readonly #host: SecretsManagerHost;
  readonly #ids: Random;
  readonly #secrets = new Map<string, Secret>();

  constructor(host: SecretsManagerHost) {
    this.#host = host;
    this.#ids = host.random.stream('secret ids');
  }

  readonly operations = {
    CreateSecret: {
      action: 'secretsmanager:CreateSecret',
      resources: ({ Name: name }: { readonly Name: string }) => [this.#arnOf(name)],
      run: (input: NewVersion & { readonly Name: string; readonly Description?: string }) => this.#create(input),
    },
    GetSecretValue: this.#onSecret('GetSecretValue', (secret, input: GetSecretValueRequest) =>
      this.#value(secret, input),
    ),
    PutSecretValue: this.#onSecret(
      'PutSecretValue',
      (secret, input: OfSecret & NewVersion & { readonly VersionStages?: readonly string[] }) => {
        const version = this.#add(secret, input, input.VersionStages ?? ['AWSCURRENT']);
        return { ...named(secret), VersionId: version.id, VersionStages: secret.stagesOf(version.id) };
      },
    ),
    UpdateSecret: this.#onSecret(
      'UpdateSecret',
      (secret, input: OfSecret & NewVersion & { readonly Description?: string }) => {
        if (input.Description !== undefined) secret.description = input.Description;
        if (input.SecretString === undefined && input.SecretBinary === undefined) return named(secret);
        return { ...named(secret), VersionId: this.#add(secret, input, ['AWSCURRENT']).id };
      },
    ),
    UpdateSecretVersionStage: this.#onSecret('UpdateSecretVersionStage', (secret, input: UpdateStageRequest) =>
      this.#moveStage(secret, input),
    ),
    DescribeSecret: this.#onSecret('DescribeSecret', (secret, _input: OfSecret) => this.#describe(secret), true),
    DeleteSecret: this.#onSecret('DeleteSecret', (secret, input: DeleteSecretRequest) => this.#delete(secret, input)),
    RestoreSecret: this.#onSecret(
      'RestoreSecret',
      (secret, _input: OfSecret) => {
        secret.deletedAt = undefined;
        return named(secret);
      },
      true,
    ),
    RotateSecret: this.#onSecret('RotateSecret', (secret, input: RotateSecretRequest) => this.#rotate(secret, input)),
    ListSecrets: {
      action: 'secretsmanager:ListSecrets',
      resources: () => ['*'],
      run: (_input: object) => ({
        SecretList: [...this.#secrets.values()]
          .filter((secret) => secret.deletedAt === undefined)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((secret) => this.#describe(secret)),
      }),
    },
  };

  #onSecret<Input extends OfSecret, Output>(
    name: string,
    run: (secret: Secret, input: Input) => Output,
    isForDeleted = false,
  ): Operation<Input, Output> {
    return {
      action: `secretsmanager:${name}`,
      resources: ({ SecretId: id }) => [this.#lookUp(id)?.arn ?? this.#arnOf(id)],
      run: (input) => {
        const secret = this.#find(input.SecretId);
        if (secret.deletedAt !== undefined && !isForDeleted) throw this.#error('deleted');
        return run(secret, input);
      },
    };
  }

  #error(key: string, values: Readonly<Record<string, string>> = {}): Error {
    return factError(this.#host.facts, 'err-secrets-manager', key, values);
  }

  /** The ARN of a name that has no secret: its six characters are not known. */
  #arnOf(id: string): string {
    if (id.startsWith('arn:')) return id;
    const { region, accountId } = this.#host.location;
    return `arn:aws:secretsmanager:${region}:${accountId}:secret:${id}-??????`;
  }

  #lookUp(id: string): Secret | undefined {
    const byName = this.#secrets.get(id);
    const found = byName ?? [...this.#secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
    if (found?.deletedAt === undefined || found.deletedAt > this.#host.clock.now) return found;
    this.#secrets.delete(found.name);
    return undefined;
  }

  #find(id: string): Secret {
    const secret = this.#lookUp(id);
    if (secret === undefined) throw this.#error('notFound');
    return secret;
  }

  #create(input: NewVersion & { readonly Name: string; readonly Description?: string }) {
    const { Name: name } = input;
    const { clock, facts } = this.#host;
    const limit = factNumber(facts, 'secrets-manager-limits', 'nameCharacters');
    if (!/^[\w/+=.@!-]+$/.test(name) || name.length > limit) throw this.#error('name');
    const present = this.#lookUp(name);
    if (present !== undefined)
      throw this.#error(present.deletedAt === undefined ? 'exists' : 'nameOfDeleted', { name });
    const arn = this.#arnOf(name).replace('??????', newToken(this.#ids, 6, letters));
    const secret = new Secret(name, arn, clock.now);
    secret.description = input.Description;
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const version = hasValue ? { VersionId: this.#add(secret, input, ['AWSCURRENT']).id } : {};
    this.#secrets.set(name, secret);
    return { ...named(secret), ...version };
  }

  #add(secret: Secret, input: NewVersion, stages: readonly string[]): SecretVersion {
    const { SecretString: text, SecretBinary: bytes, ClientRequestToken: token = newUuid(this.#ids) } = input;
    if (text === undefined && bytes === undefined) throw this.#error('noValue');
    if (text !== undefined && bytes !== undefined) throw this.#error('twoValues');
    const size = bytes?.length ?? new TextEncoder().encode(text).length;
    if (size > factNumber(this.#host.facts, 'secrets-manager-limits', 'valueBytes')) throw this.#error('tooLong');
    const value = text === undefined ? { SecretBinary: (bytes ?? new Uint8Array()).slice() } : { SecretString: text };
    const version = { id: token, value, created: this.#host.clock.now };
    secret.add(version, stages);
    return version;
  }

  #value(secret: Secret, { VersionId: id, VersionStage: stage = 'AWSCURRENT' }: GetSecretValueRequest) {
    const versionId = id ?? secret.stages.get(stage);
    const version = versionId === undefined ? undefined : secret.versions.get(versionId);
    if (version === undefined) {
      const what = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`;
      throw this.#error('noVersion', { what });
    }
    return {
      ...named(secret),
      VersionId: version.id,
      ...version.value,
      VersionStages: secret.stagesOf(version.id),
      CreatedDate: new Date(version.created),
    };
  }

  #describe(secret: Secret) {
    const { created, changed, deletedAt, description, rotation, lastRotated } = secret;
    return {
      ...named(secret),
      ...(description === undefined ? {} : { Description: description }),
      ...(rotation === undefined
        ? {}
        : {
            RotationEnabled: true,
            RotationLambdaARN: rotation.functionArn,
            ...(rotation.days === undefined ? {} : { RotationRules: { AutomaticallyAfterDays: rotation.days } }),
          }),
      ...(lastRotated === undefined ? {} : { LastRotatedDate: new Date(lastRotated) }),
      LastChangedDate: new Date(changed),
      ...(deletedAt === undefined ? {} : { DeletedDate: new Date(deletedAt) }),
      VersionIdsToStages: Object.fromEntries([...secret.versions.keys()].map((id) => [id, secret.stagesOf(id)])),
      CreatedDate: new Date(created),
    };
  }

  #moveStage(
    secret: Secret,
    { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from }: UpdateStageRequest,
  ) {
    const holder = secret.stages.get(stage);
    if (to !== undefined && !secret.versions.has(to)) throw this.#error('noVersion', { what: `VersionId: ${to}` });
    if (holder !== undefined && holder !== to && from !== holder) {
      throw this.#error('stage', { stage, version: holder });
    }
    if (to === undefined) secret.take(stage);
    else secret.move(stage, to);
    return named(secret);
  }

  #delete(secret: Secret, { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced }: DeleteSecretRequest) {
    const { clock, facts } = this.#host;
    const limit = (key: string): number => factNumber(facts, 'secrets-manager-limits', key);
    const wanted = days ?? limit('recoveryDaysDefault');
    if (isForced === true) {
      this.#secrets.delete(secret.name);
      return { ...named(secret), DeletionDate: new Date(clock.now) };
    }
    if (wanted < limit('recoveryDaysMin') || wanted > limit('recoveryDaysMax')) throw this.#error('recovery');
    secret.deletedAt = clock.now + wanted * dayMs;
    return { ...named(secret), DeletionDate: new Date(secret.deletedAt) };
  }

  #rotate(secret: Secret, input: RotateSecretRequest) {
    const { permissions, clock } = this.#host;
    const functionArn = input.RotationLambdaARN ?? secret.rotation?.functionArn;
    if (functionArn === undefined) throw this.#error('noRotation');
    const caller: Caller = { kind: 'service', principal: 'secretsmanager.amazonaws.com', sourceArn: secret.arn };
    if (!permissions.allows({ caller, action: 'lambda:InvokeFunction', resource: functionArn })) {
      throw this.#error('rotationDenied');
    }
    secret.rotation = { functionArn, days: input.RotationRules?.AutomaticallyAfterDays ?? secret.rotation?.days };
    const token = input.ClientRequestToken ?? newUuid(this.#ids);
    const rotation = secret.rotation;
    const begin = (versionId: string): void => {
      const invoker = this.#host.functions();
      if (invoker === undefined || secret.rotation !== rotation || secret.deletedAt !== undefined) return;
      rotate(secret, functionArn, versionId, invoker, () => {
        secret.lastRotated = clock.now;
        secret.take('AWSPENDING');
      });
      if (rotation.days !== undefined) {
        clock.schedule(clock.now + rotation.days * dayMs, () => begin(newUuid(this.#ids)));
      }
    };
    if (input.RotateImmediately !== false) clock.schedule(clock.now, () => begin(token));
    return { ...named(secret), VersionId: token };
  }
}

const named = ({ arn, name }: Secret) => ({ ARN: arn, Name: name });
