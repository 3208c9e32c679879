/** The state of the lab's page: the account, its functions as they are edited, what is looked at, and what is kept. */
import type { Fact } from '../../../sandbox/facts.ts';
import type { AccountView, FunctionView, LabAction, LabFunction, LabStart } from '../../../sandbox/lab/lab.types.ts';
import type { LabDocument, SavedEvent } from '../../lab/lab-document.ts';
import type { ApiCall } from '../../../sandbox/worker/session.types.ts';
import type { ScenarioScript } from '../../lab/scenario-data.ts';
import { DraftStore } from '../../progress/draft-store.ts';
import { openRecord } from '../../progress/record.ts';
import { formatClock, formatDuration } from '../timeline/format-time.ts';
import { LabRun } from './lab-run.svelte.ts';
import { summaryOf } from './run-summary.ts';

/** Under what a lab is kept between visits. */
export const keptLab = 'lab/now';

/** What an empty account begins with. */
export const emptyStart: LabStart = { seed: 7, startTime: '2026-01-05T09:00:00.000Z' };

/** What the page knows of the course's facts. */
export interface LabFacts {
  readonly prices: readonly Fact[];
  readonly mostTestEvents: number;
  readonly memory: Range;
  readonly timeout: Range;
  /** MB of /tmp */
  readonly storage: Range;
  /** Seconds that an asynchronous event is kept. */
  readonly eventAge: Range;
  readonly mostRetries: number;
  readonly mostLayers: number;
  /** Seconds that a mapping waits for a batch to fill. */
  readonly window: Range;
  /** Of a mapping of a queue. */
  readonly sourceConcurrency: Range;
  /** Parallelization factor of a mapping of a stream. */
  readonly factor: Range;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export class LabState {
  readonly facts: LabFacts;
  readonly run: LabRun;
  readonly #drafts = new DraftStore(openRecord, keptLab, '1');

  title = $state('');
  scenario = $state<string | null>(null);
  script = $state.raw<ScenarioScript | null>(null);
  freeTier = $state(false);
  account = $state.raw<AccountView | null>(null);
  /** Test events by function. */
  events = $state.raw<Readonly<Record<string, readonly SavedEvent[]>>>({});
  /** Files that were changed and not deployed. */
  drafts = $state.raw<Readonly<Record<string, Readonly<Record<string, string>>>>>({});
  /** The function on show. */
  selected = $state('');

  /** The functions as they were deployed last, by name. */
  readonly functions = $derived.by(() => functionsOf(this.run.actions));
  readonly names = $derived(Object.keys(this.functions).sort());
  readonly current = $derived(this.functions[this.selected] ?? this.functions[this.names[0] ?? '']);

  constructor(facts: LabFacts) {
    this.facts = facts;
    this.run = new LabRun(facts.prices);
  }

  /** Opens a scenario's opening state, or after one of its tries. */
  async openScenario(script: ScenarioScript): Promise<boolean> {
    if (!(await this.run.open(script.start, script.actions))) return false;
    this.#begin({
      title: script.title,
      scenario: script.id,
      script,
      events: script.events,
      drafts: {},
      freeTier: false,
    });
    return true;
  }

  async openEmpty(): Promise<boolean> {
    if (!(await this.run.open(emptyStart, []))) return false;
    this.#begin({ title: 'My account', scenario: null, script: null, events: {}, drafts: {}, freeTier: false });
    return true;
  }

  /** Opens what was saved; a lab that is open stays as it is when that fails or is stopped. */
  async openDocument(document: LabDocument, script: ScenarioScript | null = null): Promise<boolean> {
    if (!(await this.run.open(document.start, document.actions, document.freeTier))) return false;
    const { title, scenario = null, events, drafts, freeTier } = document;
    this.#begin({ title, scenario, script, events, drafts, freeTier });
    return true;
  }

  #begin(what: {
    readonly title: string;
    readonly scenario: string | null;
    readonly script: ScenarioScript | null;
    readonly events: LabDocument['events'];
    readonly drafts: LabDocument['drafts'];
    readonly freeTier: boolean;
  }): void {
    this.title = what.title;
    this.scenario = what.scenario;
    this.script = what.script;
    this.events = what.events;
    this.drafts = what.drafts;
    this.freeTier = what.freeTier;
    this.selected = this.names[0] ?? '';
    this.run.say(`“${what.title}” is open.`);
    this.keep();
  }

  /** Everything, to be saved. */
  document(): LabDocument {
    return {
      format: 'coldstart-lab',
      version: 1,
      title: this.title,
      ...(this.scenario === null ? {} : { scenario: this.scenario }),
      start: this.run.start ?? emptyStart,
      actions: this.run.actions,
      freeTier: this.freeTier,
      events: this.events,
      drafts: this.drafts,
    };
  }

  /** Keeps it for the next visit, a moment later. */
  keep(): void {
    if (this.run.live) this.#drafts.write(this.document());
  }

  keepNow(): void {
    void this.#drafts.flush();
  }

  async kept(): Promise<unknown> {
    return (await this.#drafts.read())?.value;
  }

  async forget(): Promise<void> {
    await this.#drafts.forget();
  }

  /** Does something to the account, shows what it has then, and keeps it. */
  async do(...actions: readonly LabAction[]): Promise<void> {
    const update = await this.run.perform(...actions);
    if (!update) return;
    this.keep();
    if (this.run.problem === null) {
      const told = [update.cancelled ? 'Stopped' : wordsOf(actions.at(-1)), summaryOf(update.events)]
        .filter(Boolean)
        .join(', ');
      this.run.say(`${told}; it is now ${formatClock(update.now).slice(0, 8)}.`);
    }
  }

  async step(): Promise<void> {
    await this.run.step();
    this.keep();
  }

  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): LabAction {
    return { kind: 'call', call: { service, operation, input } };
  }

  /** What the account has; in an effect, again after every turn. */
  async refresh(): Promise<void> {
    const account = await this.run.look((lab) => lab.look({ about: 'account' }));
    if (account) this.account = account;
  }

  // --- functions as they are edited

  /** The files of a function with what was typed and not deployed. */
  filesOf(name: string): Readonly<Record<string, string>> {
    return this.drafts[name] ?? this.functions[name]?.Files ?? {};
  }

  isEdited(name: string): boolean {
    return this.drafts[name] !== undefined;
  }

  changeFiles(name: string, files: Readonly<Record<string, string>>): void {
    const deployed = this.functions[name]?.Files ?? {};
    const same =
      Object.keys(files).length === Object.keys(deployed).length &&
      Object.entries(files).every(([path, text]) => deployed[path] === text);
    const { [name]: _, ...others } = this.drafts;
    this.drafts = same ? others : { ...others, [name]: files };
    this.keep();
  }

  /** Deploys what was typed. */
  async deploy(name: string): Promise<void> {
    if (!(await this.#bring(name, { Files: this.filesOf(name) }))) return;
    const { [name]: _, ...others } = this.drafts;
    this.drafts = others;
    this.keep();
    if (this.run.problem === null) this.run.say(`${name} deployed.`);
  }

  /** Changes settings, and leaves alone what was typed and not deployed. `before`: what the settings need first; `said` is announced. */
  async configure(
    name: string,
    settings: Partial<LabFunction>,
    {
      before = [],
      said = `${name} configured.`,
    }: { readonly before?: readonly ApiCall[]; readonly said?: string } = {},
  ): Promise<void> {
    if (!(await this.#bring(name, settings, before))) return;
    this.keep();
    if (this.run.problem === null) this.run.say(said);
  }

  /** Gives the role of a function an inline policy; the one beside its code stays the same there. */
  async putPolicy(name: string, PolicyName: string, PolicyDocument: string): Promise<void> {
    const view = this.account?.functions.find((each) => each.name === name);
    const Files = this.functions[name]?.Files;
    if (!view || !Files) return;
    if (PolicyName === name && policyFile in Files) {
      const draft = this.drafts[name];
      if (draft) this.changeFiles(name, { ...draft, [policyFile]: PolicyDocument });
      const changed = { Files: { ...Files, [policyFile]: PolicyDocument } };
      await this.configure(name, changed, { said: `The policy ${PolicyName} is saved.` });
      return;
    }
    await this.do(this.call('iam', 'PutRolePolicy', { RoleName: view.roleName, PolicyName, PolicyDocument }));
  }

  /** Deploys the function as the account has it now, with what is different. */
  async #bring(name: string, different: Partial<LabFunction>, before: readonly ApiCall[] = []): Promise<boolean> {
    const last = this.functions[name];
    if (!last) return false;
    const view = this.account?.functions.find((each) => each.name === name);
    const action: LabAction = {
      kind: 'deploy',
      function: { ...last, ...(view ? settingsOf(view) : {}), ...different },
    };
    const calls = before.map((call): LabAction => ({ kind: 'call', call }));
    return (await this.run.perform(...calls, action)) !== undefined;
  }

  async createFunction(name: string): Promise<void> {
    await this.do({
      kind: 'deploy',
      function: {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        MemorySize: 128,
        Timeout: 3,
        Architectures: ['arm64'],
        Files: {
          'index.mjs':
            "export const handler = async (event) => {\n  console.log(event);\n  return 'Hello from Lambda';\n};\n",
        },
      },
    });
    if (this.run.problem === null) this.selected = name;
  }

  changeEvents(name: string, events: readonly SavedEvent[]): void {
    this.events = { ...this.events, [name]: events };
    this.keep();
  }
}

const policyFile = 'policy.json';

/** What a function is configured as, whichever way that was done. */
function settingsOf({ configuration }: FunctionView): Partial<LabFunction> {
  const { Layers = [], ...known } = configuration as Partial<Omit<LabFunction, 'Layers'>> & {
    readonly Layers?: readonly { readonly Arn: string }[];
  };
  const names = ['Runtime', 'Handler', 'MemorySize', 'Timeout', 'Architectures', 'EphemeralStorage'] as const;
  const settings = Object.fromEntries(names.map((name) => [name, known[name]])) as Partial<LabFunction>;
  return {
    ...settings,
    Environment: { Variables: known.Environment?.Variables ?? {} },
    TracingConfig: known.TracingConfig ?? { Mode: 'PassThrough' },
    DeadLetterConfig: known.DeadLetterConfig ?? { TargetArn: '' },
    Layers: Layers.map(({ Arn }) => Arn),
  };
}

/** An action in a few words, as it is announced. */
function wordsOf(action: LabAction | undefined): string {
  switch (action?.kind) {
    case undefined:
      return '';
    case 'deploy':
      return `${action.function.FunctionName} deployed`;
    case 'call':
      return `${action.call.operation} done`;
    case 'invoke':
      return `${action.functionName} invoked`;
    case 'request':
      return `${action.request.method ?? 'GET'} sent`;
    case 'workload':
      return `${action.workload.count} requests begin to leave as time passes`;
    case 'stop':
      return `${action.workload} stopped`;
    case 'outage':
      return `${action.operation} is going to fail`;
    case 'wait':
      return `${formatDuration(action.milliseconds)} passed`;
  }
}

/** What each function was deployed as last, without those that were deleted since. */
function functionsOf(actions: readonly LabAction[]): Readonly<Record<string, LabFunction>> {
  return actions.reduce<Readonly<Record<string, LabFunction>>>((functions, action) => {
    if (action.kind === 'deploy') return { ...functions, [action.function.FunctionName]: action.function };
    if (action.kind !== 'call' || action.call.operation !== 'DeleteFunction') return functions;
    const { FunctionName, Qualifier } = action.call.input;
    if (Qualifier !== undefined) return functions;
    return Object.fromEntries(Object.entries(functions).filter(([name]) => name !== FunctionName));
  }, {});
}
