/** The operations of the Lambda API that configure things, as promises. All reject with a `ServiceError`. */
import type { FileTree } from '../runtime/contract.ts';
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  FunctionRecursionConfig,
  FunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  ListTagsResponse,
  PutFunctionRecursionConfigRequest,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from './api.types.ts';
import type {
  AliasConfiguration,
  AliasRequest,
  CreateAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
  UpdateAliasRequest,
} from './api/versions.types.ts';
import type {
  EventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfigRequest,
} from './api/asynchronous.types.ts';
import type {
  FunctionConcurrency,
  GetAccountSettingsResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  ProvisionedConcurrencyConfig,
  ProvisionedConcurrencyRequest,
  PutFunctionConcurrencyRequest,
  PutProvisionedConcurrencyConfigRequest,
} from './api/concurrency.types.ts';
import type {
  LayerVersion,
  LayerVersionRequest,
  ListLayerVersionsRequest,
  ListLayerVersionsResponse,
  ListLayersRequest,
  ListLayersResponse,
  PublishLayerVersionRequest,
} from './api/layers.types.ts';
import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from './api/permissions.types.ts';
import type {
  CreateFunctionUrlConfigRequest,
  FunctionUrlConfig,
  FunctionUrlRequest,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse,
  UpdateFunctionUrlConfigRequest,
} from './api/function-url.types.ts';
import type { LambdaParts } from './lambda-parts.ts';

export abstract class ManagementApi {
  protected readonly parts: LambdaParts;
  /** Waits for what the simulator needs to run such files. */
  readonly #ready: (files: FileTree) => Promise<void> | undefined;

  protected constructor(parts: LambdaParts, ready: (files: FileTree) => Promise<void> | undefined) {
    this.parts = parts;
    this.#ready = ready;
  }

  // --- functions

  /** Creates a function; it can be invoked at once. */
  async createFunction(request: CreateFunctionRequest): Promise<FunctionConfiguration> {
    const configuration = this.parts.functions.create(request);
    await this.#ready(request.Code.Files);
    return configuration;
  }

  /** New code means new environments of `$LATEST`; those that are busy finish first. */
  async updateFunctionCode(request: UpdateFunctionCodeRequest): Promise<FunctionConfiguration> {
    const configuration = this.parts.functions.updateCode(request);
    await this.#ready(request.Files);
    return configuration;
  }

  /** A new configuration means new environments of `$LATEST`. `Environment` and `Layers` replace all that was there. */
  async updateFunctionConfiguration(request: UpdateFunctionConfigurationRequest): Promise<FunctionConfiguration> {
    return this.parts.functions.updateConfiguration(request);
  }

  /** Of an alias, the first version that it points to. */
  async getFunction(request: FunctionRequest): Promise<GetFunctionResponse> {
    return this.parts.functions.get(request);
  }

  async getFunctionConfiguration(request: FunctionRequest): Promise<FunctionConfiguration> {
    return this.parts.functions.configuration(request);
  }

  /** At most 50 a page; `NextMarker` of one page is `Marker` of the next. */
  async listFunctions(request: ListFunctionsRequest = {}): Promise<ListFunctionsResponse> {
    return this.parts.functions.list(request);
  }

  /** Deletes the function with all that it has, or only the version that `Qualifier` names. */
  async deleteFunction(request: FunctionRequest): Promise<void> {
    this.parts.functions.delete(request);
  }

  async tagResource(request: TagResourceRequest): Promise<void> {
    this.parts.tags.add(request);
  }

  async untagResource(request: UntagResourceRequest): Promise<void> {
    this.parts.tags.remove(request);
  }

  async listTags(request: { readonly Resource: string }): Promise<ListTagsResponse> {
    return this.parts.tags.list(request.Resource);
  }

  // --- versions, aliases, layers

  /** Freezes `$LATEST` under the next number; the last version when nothing has changed since. */
  async publishVersion(request: PublishVersionRequest): Promise<FunctionConfiguration> {
    return this.parts.versions.publish(request);
  }

  async listVersionsByFunction(request: ListVersionsByFunctionRequest): Promise<ListVersionsByFunctionResponse> {
    return this.parts.versions.list(request);
  }

  async createAlias(request: CreateAliasRequest): Promise<AliasConfiguration> {
    return this.parts.aliases.create(request);
  }

  async updateAlias(request: UpdateAliasRequest): Promise<AliasConfiguration> {
    return this.parts.aliases.update(request);
  }

  async getAlias(request: AliasRequest): Promise<AliasConfiguration> {
    return this.parts.aliases.get(request);
  }

  async listAliases(request: ListAliasesRequest): Promise<ListAliasesResponse> {
    return this.parts.aliases.list(request);
  }

  async deleteAlias(request: AliasRequest): Promise<void> {
    this.parts.aliases.delete(request);
  }

  async publishLayerVersion(request: PublishLayerVersionRequest): Promise<LayerVersion> {
    const version = this.parts.layers.publish(request);
    await this.#ready(request.Content.Files);
    return version;
  }

  async getLayerVersion(request: LayerVersionRequest): Promise<LayerVersion> {
    return this.parts.layers.get(request);
  }

  async listLayers(request: ListLayersRequest = {}): Promise<ListLayersResponse> {
    return this.parts.layers.list(request);
  }

  async listLayerVersions(request: ListLayerVersionsRequest): Promise<ListLayerVersionsResponse> {
    return this.parts.layers.listVersions(request);
  }

  /** Functions that have the version keep it. */
  async deleteLayerVersion(request: LayerVersionRequest): Promise<void> {
    this.parts.layers.delete(request);
  }

  // --- asynchronous invocation

  /** Replaces the whole configuration. */
  async putFunctionEventInvokeConfig(request: PutFunctionEventInvokeConfigRequest): Promise<FunctionEventInvokeConfig> {
    return this.parts.eventInvokeConfigs.put(request);
  }

  async updateFunctionEventInvokeConfig(
    request: PutFunctionEventInvokeConfigRequest,
  ): Promise<FunctionEventInvokeConfig> {
    return this.parts.eventInvokeConfigs.update(request);
  }

  async getFunctionEventInvokeConfig(request: EventInvokeConfigRequest): Promise<FunctionEventInvokeConfig> {
    return this.parts.eventInvokeConfigs.get(request);
  }

  async listFunctionEventInvokeConfigs(
    request: ListFunctionEventInvokeConfigsRequest,
  ): Promise<ListFunctionEventInvokeConfigsResponse> {
    return this.parts.eventInvokeConfigs.list(request);
  }

  async deleteFunctionEventInvokeConfig(request: EventInvokeConfigRequest): Promise<void> {
    this.parts.eventInvokeConfigs.delete(request);
  }

  async putFunctionRecursionConfig(request: PutFunctionRecursionConfigRequest): Promise<FunctionRecursionConfig> {
    return this.parts.recursionConfigs.put(request);
  }

  async getFunctionRecursionConfig(request: { readonly FunctionName: string }): Promise<FunctionRecursionConfig> {
    return this.parts.recursionConfigs.get(request.FunctionName);
  }

  // --- concurrency

  /** Reserves concurrency: a guarantee and a cap; 0 switches the function off. */
  async putFunctionConcurrency(request: PutFunctionConcurrencyRequest): Promise<FunctionConcurrency> {
    return this.parts.reserved.put(request);
  }

  async getFunctionConcurrency(request: { readonly FunctionName: string }): Promise<FunctionConcurrency> {
    return this.parts.reserved.get(request.FunctionName);
  }

  async deleteFunctionConcurrency(request: { readonly FunctionName: string }): Promise<void> {
    this.parts.reserved.delete(request.FunctionName);
  }

  /** Begins to allocate; `getProvisionedConcurrencyConfig` says when it is ready. */
  async putProvisionedConcurrencyConfig(
    request: PutProvisionedConcurrencyConfigRequest,
  ): Promise<ProvisionedConcurrencyConfig> {
    return this.parts.provisioned.put(request);
  }

  async getProvisionedConcurrencyConfig(request: ProvisionedConcurrencyRequest): Promise<ProvisionedConcurrencyConfig> {
    return this.parts.provisioned.get(request);
  }

  async listProvisionedConcurrencyConfigs(
    request: ListProvisionedConcurrencyConfigsRequest,
  ): Promise<ListProvisionedConcurrencyConfigsResponse> {
    return this.parts.provisioned.list(request);
  }

  async deleteProvisionedConcurrencyConfig(request: ProvisionedConcurrencyRequest): Promise<void> {
    this.parts.provisioned.delete(request);
  }

  async getAccountSettings(): Promise<GetAccountSettingsResponse> {
    return this.parts.reserved.accountSettings();
  }

  // --- who may invoke

  async addPermission(request: AddPermissionRequest): Promise<AddPermissionResponse> {
    return this.parts.permissions.add(request);
  }

  async removePermission(request: RemovePermissionRequest): Promise<void> {
    this.parts.permissions.remove(request);
  }

  async getPolicy(request: GetPolicyRequest): Promise<GetPolicyResponse> {
    return this.parts.permissions.get(request);
  }

  async createFunctionUrlConfig(request: CreateFunctionUrlConfigRequest): Promise<FunctionUrlConfig> {
    return this.parts.functionUrls.create(request);
  }

  async updateFunctionUrlConfig(request: UpdateFunctionUrlConfigRequest): Promise<FunctionUrlConfig> {
    return this.parts.functionUrls.update(request);
  }

  async getFunctionUrlConfig(request: FunctionUrlRequest): Promise<FunctionUrlConfig> {
    return this.parts.functionUrls.get(request);
  }

  async listFunctionUrlConfigs(request: ListFunctionUrlConfigsRequest): Promise<ListFunctionUrlConfigsResponse> {
    return this.parts.functionUrls.list(request);
  }

  async deleteFunctionUrlConfig(request: FunctionUrlRequest): Promise<void> {
    this.parts.functionUrls.delete(request);
  }
}
