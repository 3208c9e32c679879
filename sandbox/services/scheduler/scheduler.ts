/** Amazon EventBridge Scheduler: schedules that call a target with an event of their own, and the operations on them. */
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { TargetDelivery } from '../eventbridge/target-delivery.ts';
import { factError } from '../fact-errors.ts';
import type { Caller, Deliveries, Operation, Service, ServiceHost } from '../service.ts';
import type { ScheduleInput } from './scheduler.types.ts';
import { nextTime, readSchedule, type StoredSchedule } from './stored-schedule.ts';

interface OnSchedule {
  readonly Name: string;
}

export class Scheduler implements Service {
  readonly name = 'scheduler';
  readonly #host: ServiceHost;
  readonly #delivery: TargetDelivery;
  readonly #schedules = new Map<string, StoredSchedule>();
  readonly #ids: Random;
  readonly #windows: Random;

  constructor(host: ServiceHost, deliveries: Deliveries) {
    this.#host = host;
    this.#delivery = new TargetDelivery(host, deliveries);
    this.#ids = host.random.stream('scheduler ids');
    this.#windows = host.random.stream('scheduler windows');
  }

  readonly operations = {
    CreateSchedule: this.#operation('CreateSchedule', (input: ScheduleInput) => {
      if (this.#schedules.has(input.Name))
        throw factError(this.#host.facts, 'err-scheduler', 'exists', { name: input.Name });
      return { ScheduleArn: this.#create(input).arn };
    }),
    /** What is not given is as if it had never been. */
    UpdateSchedule: this.#operation('UpdateSchedule', (input: ScheduleInput) => {
      const stored = this.#find(input.Name);
      const { facts, clock } = this.#host;
      stored.schedule = readSchedule(input, facts);
      const { State: state, ScheduleExpression: expression } = stored.input;
      if (state === 'DISABLED' || expression !== input.ScheduleExpression) stored.since = clock.now;
      stored.input = input;
      stored.modifiedAt = clock.now;
      this.#plan(stored, true);
      return { ScheduleArn: stored.arn };
    }),
    GetSchedule: this.#operation('GetSchedule', ({ Name: name }: OnSchedule) => describe(this.#find(name))),
    DeleteSchedule: this.#operation('DeleteSchedule', ({ Name: name }: OnSchedule) => {
      this.#remove(this.#find(name));
      return {};
    }),
    ListSchedules: this.#operation(
      'ListSchedules',
      ({ NamePrefix: prefix = '' }: { readonly NamePrefix?: string }) => ({
        Schedules: [...this.#schedules.values()]
          .filter(({ name }) => name.startsWith(prefix))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((stored) => {
            const { Name, Arn, GroupName, State, Target, CreationDate, LastModificationDate } = describe(stored);
            return { Name, Arn, GroupName, State, Target: { Arn: Target.Arn }, CreationDate, LastModificationDate };
          }),
      }),
    ),
  };

  #operation<Input extends object, Output>(action: string, run: (input: Input) => Output): Operation<Input, Output> {
    return {
      action: `scheduler:${action}`,
      resources: (input) => ['Name' in input && typeof input.Name === 'string' ? this.#arn(input.Name) : '*'],
      run,
    };
  }

  #arn(name: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`;
  }

  #find(name: string): StoredSchedule {
    const stored = this.#schedules.get(name);
    if (stored === undefined) throw factError(this.#host.facts, 'err-scheduler', 'noSchedule', { name });
    return stored;
  }

  #create(input: ScheduleInput): StoredSchedule {
    const { facts, clock } = this.#host;
    const stored: StoredSchedule = {
      name: input.Name,
      arn: this.#arn(input.Name),
      createdAt: clock.now,
      modifiedAt: clock.now,
      since: clock.now,
      input,
      schedule: readSchedule(input, facts),
      cancel: () => undefined,
    };
    this.#schedules.set(input.Name, stored);
    this.#plan(stored, true);
    return stored;
  }

  #remove(stored: StoredSchedule): void {
    stored.cancel();
    this.#schedules.delete(stored.name);
  }

  /** Within its flexible window a schedule is due at a time of chance. `begins`: it was just made or changed. */
  #plan(stored: StoredSchedule, begins = false): void {
    stored.cancel();
    stored.cancel = () => undefined;
    if (stored.input.State === 'DISABLED') return;
    const { clock } = this.#host;
    const at = nextTime(stored, clock.now, begins);
    if (at === undefined) return;
    const { Mode: mode, MaximumWindowInMinutes: minutes = 0 } = stored.input.FlexibleTimeWindow;
    const offset = mode === 'FLEXIBLE' ? Math.floor(this.#windows.uniform() * minutes * 60) * 1000 : 0;
    stored.cancel = clock.schedule(at, () => {
      stored.cancel = clock.schedule(at + offset, () => this.#fire(stored, at));
    });
  }

  #fire(stored: StoredSchedule, scheduledAt: number): void {
    const { clock, trace } = this.#host;
    const { name, input } = stored;
    trace.emit({
      type: 'scheduleFired',
      time: clock.now,
      kind: 'schedule',
      name,
      expression: input.ScheduleExpression,
    });
    this.#call(stored, scheduledAt);
    if (nextTime(stored, clock.now) === undefined && input.ActionAfterCompletion === 'DELETE') this.#remove(stored);
    else this.#plan(stored);
  }

  #call(stored: StoredSchedule, scheduledAt: number): void {
    const { name, arn, input } = stored;
    const { Target: target } = input;
    const executionId = newUuid(this.#ids);
    const caller = this.#role(target.RoleArn, executionId);
    const groupId = target.SqsParameters?.MessageGroupId;
    this.#delivery.start({
      name,
      sourceArn: arn,
      eventId: executionId,
      targetArn: target.Arn,
      caller,
      bodyOf: (attempt) => this.#body(stored, scheduledAt, executionId, attempt),
      order: groupId === undefined ? undefined : { messageGroupId: groupId },
      retryPolicy: target.RetryPolicy,
      deadLetterArn: target.DeadLetterConfig?.Arn,
    });
  }

  #role(roleArn: string, executionId: string): Caller {
    const [, accountId = '', name = ''] = /^arn:aws:iam::(\d*):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
    const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${name}/${executionId.replaceAll('-', '')}`;
    return { kind: 'role', roleArn, sessionArn, environmentId: '' };
  }

  /** The schedule's input is the whole event; without one, an event tells what it came from. */
  #body({ arn, input }: StoredSchedule, scheduledAt: number, executionId: string, attempt: number): string {
    const { location } = this.#host;
    const { Input: given, EventBridgeParameters: bus } = input.Target;
    const time = isoSeconds(scheduledAt);
    const context: Readonly<Record<string, string>> = {
      'aws.scheduler.schedule-arn': arn,
      'aws.scheduler.scheduled-time': time,
      'aws.scheduler.execution-id': executionId,
      'aws.scheduler.attempt-number': String(attempt),
    };
    const filled = given?.replace(/<(aws\.scheduler\.[a-z-]+)>/g, (all, key: string) => context[key] ?? all);
    if (bus !== undefined) {
      return JSON.stringify({
        Source: bus.Source,
        DetailType: bus.DetailType,
        Resources: [arn],
        Detail: filled ?? '{}',
      });
    }
    return (
      filled ??
      JSON.stringify({
        version: '0',
        id: executionId,
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: location.accountId,
        time,
        region: location.region,
        resources: [arn],
        detail: '{}',
      })
    );
  }
}

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** As GetSchedule tells it. */
function describe({ arn, createdAt, modifiedAt, input }: StoredSchedule) {
  return {
    ...input,
    Arn: arn,
    GroupName: 'default',
    State: input.State ?? 'ENABLED',
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: input.ActionAfterCompletion ?? 'NONE',
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(modifiedAt),
  };
}
