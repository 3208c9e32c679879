/** The few facts of `navigator` that Node gives. */
export class Navigator {
  get hardwareConcurrency(): number {
    return internals.configuration.visibleCores;
  }

  get language(): string {
    return 'en-US';
  }

  get languages(): readonly string[] {
    return ['en-US'];
  }

  get platform(): string {
    return 'linux';
  }

  get userAgent(): string {
    return `Node.js/${String(internals.process['version']).replace(/^v(\d+).*/, '$1')}`;
  }
}
Object.defineProperty(Navigator.prototype, Symbol.toStringTag, { value: 'Navigator', configurable: true });

export const navigator = new Navigator();
