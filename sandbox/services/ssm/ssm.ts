/** AWS Systems Manager, as far as its Parameter Store: values by name and by path, some of them encrypted. */
import { factNumber } from '../../facts.ts';
import { newToken, newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { Caller, Permissions, Service, ServiceHost } from '../service.ts';

type ParameterType = 'String' | 'StringList' | 'SecureString';

interface StoredParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly tier: 'Standard' | 'Advanced';
  readonly description: string | undefined;
  /** The customer's key of a SecureString; without one AWS's own key is used, which needs no permission. */
  readonly keyArn: string | undefined;
  /** Newest last; the version of the first one is 1. */
  readonly versions: readonly { readonly value: string; readonly cipher: string; readonly changed: number }[];
}

export interface Parameter {
  readonly Name: string;
  readonly Type: ParameterType;
  readonly Value: string;
  readonly Version: number;
  readonly Selector?: string;
  readonly LastModifiedDate: Date;
  readonly ARN: string;
  readonly DataType: 'text';
}

interface PutParameterRequest {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: ParameterType;
  readonly Description?: string;
  readonly KeyId?: string;
  readonly Overwrite?: boolean;
  readonly Tier?: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
}

interface Named {
  readonly Name: string;
}

interface Decryptable {
  readonly WithDecryption?: boolean;
}

interface ByPathRequest extends Decryptable {
  readonly Path: string;
  readonly Recursive?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export class Ssm implements Service {
  readonly name = 'ssm';
  readonly #host: ServiceHost;
  readonly #permissions: Permissions;
  readonly #ids: Random;
  readonly #parameters = new Map<string, StoredParameter>();

  constructor(host: ServiceHost, permissions: Permissions) {
    this.#host = host;
    this.#permissions = permissions;
    this.#ids = host.random.stream('ssm ids');
  }

  readonly operations = {
    PutParameter: {
      action: 'ssm:PutParameter',
      resources: ({ Name: name }: Named) => [this.#arnOf(name)],
      run: (input: PutParameterRequest) => this.#put(input),
    },
    GetParameter: {
      action: 'ssm:GetParameter',
      resources: ({ Name: name }: Named) => [this.#arnOf(name)],
      run: ({ Name: name, WithDecryption }: Named & Decryptable, caller: Caller) => ({
        Parameter: this.#read(name, WithDecryption === true, caller),
      }),
    },
    GetParameters: {
      action: 'ssm:GetParameters',
      resources: ({ Names: names }: { readonly Names: readonly string[] }) => names.map((name) => this.#arnOf(name)),
      run: (input: Decryptable & { readonly Names: readonly string[] }, caller: Caller) => this.#getAll(input, caller),
    },
    GetParametersByPath: {
      action: 'ssm:GetParametersByPath',
      resources: ({ Path: path }: ByPathRequest) => [this.#arnOf(path.replace(/\/$/, ''))],
      run: (input: ByPathRequest, caller: Caller) => this.#byPath(input, caller),
    },
    DescribeParameters: {
      action: 'ssm:DescribeParameters',
      resources: () => ['*'],
      run: (_input: object) => ({ Parameters: this.#sorted().map((parameter) => this.#describe(parameter)) }),
    },
    DeleteParameter: {
      action: 'ssm:DeleteParameter',
      resources: ({ Name: name }: Named) => [this.#arnOf(name)],
      run: ({ Name: name }: Named) => {
        if (!this.#parameters.delete(name)) throw this.#error('notFound', { name });
        return {};
      },
    },
    DeleteParameters: {
      action: 'ssm:DeleteParameters',
      resources: ({ Names: names }: { readonly Names: readonly string[] }) => names.map((name) => this.#arnOf(name)),
      run: ({ Names: names }: { readonly Names: readonly string[] }) => {
        const invalid = names.filter((name) => !this.#parameters.has(name));
        return { DeletedParameters: names.filter((name) => this.#parameters.delete(name)), InvalidParameters: invalid };
      },
    },
  };

  #error(key: string, values: Readonly<Record<string, string | number>> = {}): Error {
    return factError(this.#host.facts, 'err-ssm', key, values);
  }

  #limit(key: string): number {
    return factNumber(this.#host.facts, 'ssm-parameter-limits', key);
  }

  #arnOf(name: string): string {
    const { region, accountId } = this.#host.location;
    if (name.startsWith('arn:')) return name;
    const bare = name.replace(/:[^/]*$/, '');
    return `arn:aws:ssm:${region}:${accountId}:parameter${bare.startsWith('/') ? '' : '/'}${bare}`;
  }

  #put(input: PutParameterRequest): { Version: number; Tier: 'Standard' | 'Advanced' } {
    const { Name: name, Value: value, Overwrite: isOverwritten } = input;
    this.#checkName(name);
    const present = this.#parameters.get(name);
    if (present !== undefined && isOverwritten !== true) throw this.#error('exists');
    const type = input.Type ?? present?.type;
    if (type === undefined) throw this.#error('type');
    if (present !== undefined && type !== present.type) throw this.#error('typeChange');
    const size = new TextEncoder().encode(value).length;
    const isLarge = size > this.#limit('standardBytes');
    const wanted = input.Tier ?? present?.tier ?? 'Standard';
    const tier = wanted === 'Intelligent-Tiering' ? (isLarge ? 'Advanced' : 'Standard') : wanted;
    if (tier === 'Standard' && isLarge) throw this.#error('standardSize');
    if (size > this.#limit('advancedBytes')) throw this.#error('advancedSize');
    const version = {
      value,
      cipher: type === 'SecureString' ? `AQICAH${newToken(this.#ids, 130, base64)}==` : value,
      changed: this.#host.clock.now,
    };
    const versions = [...(present?.versions ?? []), version];
    const keyArn = input.KeyId === undefined ? present?.keyArn : this.#keyArn(input.KeyId);
    const description = input.Description ?? present?.description;
    this.#parameters.set(name, { name, type, tier, description, keyArn, versions });
    return { Version: versions.length, Tier: tier };
  }

  #checkName(name: string): void {
    if (/^\/?(aws|ssm)/i.test(name) || !/^[\w./-]+$/.test(name)) throw this.#error('name');
    if (name.includes('/') && !name.startsWith('/')) throw this.#error('notQualified');
    if (name.split('/').length - 1 > this.#limit('levels')) throw this.#error('levels');
  }

  /** An alias is taken for the id of its key. */
  #keyArn(keyId: string): string {
    if (keyId.startsWith('arn:')) return keyId;
    const { region, accountId } = this.#host.location;
    const id = /^[0-9a-f-]{36}$/.test(keyId) ? keyId : newUuid(this.#ids);
    return `arn:aws:kms:${region}:${accountId}:key/${id}`;
  }

  /** `name`, or `name:version`. */
  #read(selector: string, isDecrypted: boolean, caller: Caller): Parameter {
    const name = selector.startsWith('arn:') ? selector.replace(/^.*:parameter(?=\/)/, '') : selector;
    const [bare = '', wanted] = name.split(':');
    const parameter = this.#parameters.get(bare) ?? this.#parameters.get(bare.replace(/^\//, ''));
    if (parameter === undefined) throw this.#error('notFound', { name: selector });
    const number = wanted === undefined ? parameter.versions.length : Number(wanted);
    const version = parameter.versions[number - 1];
    if (version === undefined) throw this.#error('versionNotFound', { version: wanted ?? '', name: bare });
    if (parameter.type === 'SecureString' && isDecrypted && parameter.keyArn !== undefined) {
      this.#permissions.require({ caller, action: 'kms:Decrypt', resource: parameter.keyArn });
    }
    return {
      Name: parameter.name,
      Type: parameter.type,
      Value: isDecrypted ? version.value : version.cipher,
      Version: number,
      ...(wanted === undefined ? {} : { Selector: `:${wanted}` }),
      LastModifiedDate: new Date(version.changed),
      ARN: this.#arnOf(parameter.name),
      DataType: 'text',
    };
  }

  #getAll({ Names: names, WithDecryption }: Decryptable & { readonly Names: readonly string[] }, caller: Caller) {
    if (names.length > this.#limit('perCall')) throw this.#error('tooMany');
    const found: Parameter[] = [];
    const invalid: string[] = [];
    for (const name of names) {
      if (this.#parameters.has(name.split(':')[0] ?? '')) found.push(this.#read(name, WithDecryption === true, caller));
      else invalid.push(name);
    }
    return { Parameters: found, InvalidParameters: invalid };
  }

  #byPath({ Path: path, Recursive, MaxResults, NextToken: token, WithDecryption }: ByPathRequest, caller: Caller) {
    if (!path.startsWith('/')) throw this.#error('path');
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const names = this.#sorted()
      .map(({ name }) => name)
      .filter((name) => name.startsWith(prefix) && (Recursive === true || !name.slice(prefix.length).includes('/')));
    const from = token === undefined ? 0 : names.indexOf(token) + 1;
    if (token !== undefined && from === 0) throw this.#error('token');
    const size = Math.min(MaxResults ?? this.#limit('perCall'), this.#limit('perCall'));
    const page = names.slice(from, from + size);
    const last = page.at(-1);
    return {
      Parameters: page.map((name) => this.#read(name, WithDecryption === true, caller)),
      ...(from + size < names.length && last !== undefined ? { NextToken: last } : {}),
    };
  }

  #sorted(): readonly StoredParameter[] {
    return [...this.#parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #describe({ name, type, tier, description, versions, keyArn }: StoredParameter) {
    return {
      Name: name,
      ARN: this.#arnOf(name),
      Type: type,
      ...(type === 'SecureString' ? { KeyId: keyArn ?? 'alias/aws/ssm' } : {}),
      LastModifiedDate: new Date(versions.at(-1)?.changed ?? 0),
      ...(description === undefined ? {} : { Description: description }),
      Version: versions.length,
      Tier: tier,
      DataType: 'text',
    };
  }
}
