/** The value below which a share of the samples lies (nearest rank). NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** What a job took: milliseconds on the wall, and of all processors together. */
export interface Spent {
  ms: number;
  cpuMs: number;
}

export async function timed(job: () => unknown): Promise<Spent> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  await job();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** Calls per second of a job too short to be timed alone; the median of five rounds. @throws when a call is not as expected */
export function callsPerSecond(calls: number, expected: boolean, job: (i: number) => unknown): number {
  const rounds = Array.from({ length: 5 }, () => {
    const from = performance.now();
    // The result is used, so that the work cannot be optimised away.
    for (let i = 0; i < calls; i++) if ((job(i) !== undefined) !== expected) throw new Error(`call ${i} went wrong`);
    return (calls / (performance.now() - from)) * 1000;
  });
  return median(rounds);
}
