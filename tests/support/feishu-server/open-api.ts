import type { Answer, Route } from "./calls.ts";
import { apiQuotas, type Quota } from "./limits.ts";
import { messageRoutes } from "./message-routes.ts";
import { type Json, newId, text } from "./model.ts";
import { otherRoutes } from "./other-routes.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Json;
}

const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";

/** The open API of one app: tokens, scopes, frequency limits, then the call itself. */
export class OpenApi {
  /** Seconds that a new token lives. */
  tokenLifetime = 7200;
  #token: { value: string; until: number } | undefined;
  readonly #world: World;
  readonly #routes = [...messageRoutes, ...otherRoutes].map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
  }));

  constructor(world: World) {
    this.#world = world;
  }

  /** Makes the present token worthless, as a reset of the app secret does. */
  revokeToken(): void {
    this.#token = undefined;
  }

  /** @throws Refusal */
  answer(request: Request): Answer {
    if (request.path === TOKEN_PATH && request.method === "POST") return this.#newToken(request.body);
    this.#checkToken(request);
    const { route, params } = this.#find(request);
    this.#checkScopes(route);
    const take = (...quotas: Quota[]): void => this.#take(quotas);
    this.#take(apiQuotas(`${route.method} ${route.path}`));
    return route.handle({ world: this.#world, params, query: request.query, body: request.body, take });
  }

  /** A wrong secret is answered with HTTP 200. The same token is given out until its last half hour. */
  #newToken(body: Json): Answer {
    const { appId, appSecret, now } = this.#world;
    if (body["app_id"] !== appId) return { json: { code: 10003, msg: "invalid param" } };
    if (body["app_secret"] !== appSecret) return { json: { code: 10014, msg: "app secret invalid" } };
    const left = (this.#token?.until ?? 0) - now();
    if (!this.#token || left < Math.min(1800, this.tokenLifetime / 2) * 1000)
      this.#token = { value: newId.token(), until: now() + this.tokenLifetime * 1000 };
    const expire = Math.floor((this.#token.until - now()) / 1000);
    return { json: { code: 0, msg: "ok", tenant_access_token: this.#token.value, expire } };
  }

  #checkToken({ headers }: Request): void {
    const [scheme, value] = text(headers["authorization"]).split(" ");
    if (scheme !== "Bearer" || !value) throw new Refusal(99991661);
    if (value !== this.#token?.value || this.#world.now() >= this.#token.until) throw new Refusal(99991663);
  }

  #find({ method, path }: Request): { route: Route; params: Record<string, string> } {
    for (const { route, pattern } of this.#routes) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, params: { ...match.groups } };
    }
    throw new Refusal(404, { status: 404, message: "404 page not found" });
  }

  #checkScopes({ scopes }: Route): void {
    if (scopes.length === 0 || scopes.some((scope) => this.#world.has(scope))) return;
    const names = `[${scopes.join(", ")}]`;
    const violations = scopes.map((subject) => ({ type: "action_scope_required", subject }));
    throw new Refusal(99991672, {
      details: { permission_violations: violations },
      message: `Access denied. One of the following scopes is required: ${names}.应用尚未开通所需的应用身份权限：${names}`,
    });
  }

  #take(quotas: Quota[]): void {
    const full = this.#world.limits.take(quotas, this.#world.now());
    if (!full) return;
    this.#world.refusedForRate += 1;
    if (full.quota.windowMs === 1_000 && full.quota.limit === 5) throw new Refusal(230020);
    const reset = String(Math.max(1, Math.ceil(full.waitMs / 1000)));
    const headers = { "x-ogw-ratelimit-limit": String(full.quota.limit), "x-ogw-ratelimit-reset": reset };
    throw new Refusal(99991400, { status: this.#world.rateStatus, headers });
  }
}
