import type { Instant } from "#core/time.ts";

/** The platform hands out the same token until shortly before its end; so it is fetched anew a little earlier. */
const MARGIN = 180_000;

interface Fetched {
  token: string;
  /** Milliseconds from now. */
  lifetime: number;
}

/**
 * The app's access token. The SDK's own cache fetches one for each of many calls at the same time, and keeps a revoked one for
 * two hours: this one fetches once, and forgets on demand.
 */
export class TenantToken {
  readonly #fetch: () => Promise<Fetched>;
  readonly #now: () => Instant;
  #kept: { token: string; until: Instant } | undefined;
  #fetching: Promise<string> | undefined;

  /** @param now milliseconds on any clock that only goes forward */
  constructor(fetch: () => Promise<Fetched>, now: () => Instant) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /** @throws whatever fetching throws; the next call tries again */
  get(): Promise<string> {
    if (this.#kept && this.#now() < this.#kept.until) return Promise.resolve(this.#kept.token);
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** The platform refused this token. One that was fetched meanwhile stays: many calls fail with the same old one. */
  forget(token: string): void {
    if (this.#kept?.token === token) this.#kept = undefined;
  }

  async #renew(): Promise<string> {
    const { token, lifetime } = await this.#fetch();
    this.#kept = { token, until: this.#now() + lifetime - Math.min(MARGIN, lifetime / 2) };
    return token;
  }
}
