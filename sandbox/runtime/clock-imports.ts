/** What the WebAssembly module asks its host for time: answered with virtual time, in UTC. */

/**
 * The clock and time zone imports of the WebAssembly module, replaced by virtual time in UTC. The names are those of
 * the pinned build: m localtime, n tzset, p Date.now, q clock_time_get.
 */
export function replaceClock(imports: WebAssembly.Imports, clock: { now: () => number }): WebAssembly.Imports {
  const originals = imports['a'] ?? {};
  const view = (): DataView => new DataView((originals['a'] as WebAssembly.Memory).buffer);
  return {
    ...imports,
    a: {
      ...originals,
      m: (seconds: bigint | number, tm: number): void => {
        const date = new Date(Number(seconds) * 1000);
        const startOfYear = Date.UTC(date.getUTCFullYear(), 0, 1);
        const fields = [
          date.getUTCSeconds(),
          date.getUTCMinutes(),
          date.getUTCHours(),
          date.getUTCDate(),
          date.getUTCMonth(),
          date.getUTCFullYear() - 1900,
          date.getUTCDay(),
          Math.floor((date.getTime() - startOfYear) / 86_400_000),
          0,
          0,
        ];
        fields.forEach((value, index) => view().setInt32(tm + index * 4, value, true));
      },
      n: (timezone: number, daylight: number, standardName: number, daylightName: number): void => {
        view().setInt32(timezone, 0, true);
        view().setInt32(daylight, 0, true);
        for (const name of [standardName, daylightName]) new Uint8Array(view().buffer).set([85, 84, 67, 0], name);
      },
      // No environment variables: theirs would carry the page's language and the program's path into the guest's heap.
      e: (): number => 0,
      f: (count: number, size: number): number => {
        view().setUint32(count, 0, true);
        view().setUint32(size, 0, true);
        return 0;
      },
      p: (): number => clock.now(),
      q: (clockId: number, _precision: bigint, result: number): number => {
        if (clockId < 0 || clockId > 3) return 28;
        view().setBigUint64(result, BigInt(Math.round(clock.now() * 1000)) * 1000n, true);
        return 0;
      },
    },
  };
}
