export interface Quota {
  key: string;
  /** Calls per window. */
  limit: number;
  windowMs: number;
}

/** Counts calls in sliding windows on the clock of the server. Refused calls are not counted. */
export class Limits {
  enabled = true;
  readonly #calls = new Map<string, number[]>();

  /** @returns the quota that is used up and the milliseconds until it has room, or undefined after counting the call */
  take(quotas: readonly Quota[], now: number): { quota: Quota; waitMs: number } | undefined {
    if (!this.enabled) return undefined;
    for (const quota of quotas) {
      const recent = (this.#calls.get(quota.key) ?? []).filter((at) => at > now - quota.windowMs);
      this.#calls.set(quota.key, recent);
      const oldest = recent[recent.length - quota.limit];
      if (oldest !== undefined) return { quota, waitMs: oldest + quota.windowMs - now };
    }
    for (const { key } of quotas) this.#calls.get(key)?.push(now);
    return undefined;
  }
}

/** Every API by itself: 1000 calls a minute and 50 a second for one app. */
export const apiQuotas = (api: string): Quota[] => [
  { key: `${api} per minute`, limit: 1000, windowMs: 60_000 },
  { key: `${api} per second`, limit: 50, windowMs: 1_000 },
];

/** Sending to one person or one group, and editing one message: five a second. */
export const targetQuota = (target: string): Quota => ({ key: target, limit: 5, windowMs: 1_000 });
