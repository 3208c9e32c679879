/** node:dns/promises. */
const { findAddress, queryError, kinds } = load('dns');

const turn = (): Promise<void> => new Promise((resolve) => void internals.timers.setImmediate(() => resolve()));

const moduleExports: Record<string, unknown> = {
  async lookup(hostname: string, options?: { all?: boolean }): Promise<unknown> {
    await turn();
    const found: unknown = findAddress(hostname);
    return options?.all ? [found] : found;
  },
};
for (const kind of kinds as string[]) {
  moduleExports[kind] = async (hostname: string): Promise<never> => {
    await turn();
    throw queryError(kind, hostname);
  };
}
export default moduleExports;
