/**
 * The middleware stack, as far as functions use it: middlewares of any step see the input, and run in the order of
 * their steps. There is no HTTP request to see: `args.request` has headers that go nowhere.
 */
export type Next = (args: { input: any; request?: any }) => Promise<{ output: any; response?: any }>;
export type Middleware = (next: Next, context: Record<string, unknown>) => Next;

interface Options {
  readonly step?: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly priority?: 'high' | 'normal' | 'low';
  readonly override?: boolean;
}

interface Entry extends Options {
  readonly middleware: Middleware;
}

const steps = ['initialize', 'serialize', 'build', 'finalizeRequest', 'deserialize'];
const priorities = ['high', 'normal', 'low'];

const rank = ({ step = 'initialize', priority = 'normal' }: Entry): number =>
  steps.indexOf(step) * priorities.length + priorities.indexOf(priority);

export class MiddlewareStack {
  #entries: Entry[] = [];

  add(middleware: Middleware, options: Options = {}): void {
    if (options.name !== undefined && this.#entries.some(({ name }) => name === options.name)) {
      if (options.override !== true) throw new Error(`Duplicate middleware name '${options.name}'`);
      this.remove(options.name);
    }
    this.#entries.push({ ...options, middleware });
  }

  /** The middlewares that a real client has have no names here: the step of `toMiddleware` is taken by its name. */
  addRelativeTo(middleware: Middleware, options: Options & { readonly toMiddleware?: string }): void {
    const step = options.toMiddleware?.startsWith('deserial') === true ? 'deserialize' : 'serialize';
    this.add(middleware, { ...options, step });
  }

  use(plugin: { applyToStack(stack: MiddlewareStack): void }): void {
    plugin.applyToStack(this);
  }

  remove(wanted: string | Middleware): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(({ name, middleware }) => name !== wanted && middleware !== wanted);
    return this.#entries.length < before;
  }

  removeByTag(tag: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(({ tags }) => tags?.includes(tag) !== true);
    return this.#entries.length < before;
  }

  clone(): MiddlewareStack {
    return this.concat(new MiddlewareStack());
  }

  concat(other: MiddlewareStack): MiddlewareStack {
    const stack = new MiddlewareStack();
    stack.#entries = [...this.#entries, ...other.#entries];
    return stack;
  }

  identify(): string[] {
    return this.#entries.map(({ name, step = 'initialize' }) => `${name ?? 'anonymous'}: ${step}`);
  }

  /** One function that runs all middlewares around `handler`. */
  resolve(handler: Next, context: Record<string, unknown>): Next {
    const ordered = this.#entries
      .map((entry, index) => ({ entry, index }))
      .sort((a, b) => rank(a.entry) - rank(b.entry) || a.index - b.index);
    return ordered.reduceRight<Next>((next, { entry }) => entry.middleware(next, context), handler);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }
}
