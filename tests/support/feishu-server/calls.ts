import type { Quota } from "./limits.ts";
import type { Json, User } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** An authorised call of the open API. */
export interface Call {
  world: World;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Json;
  /** Counts a call against a quota. @throws Refusal when it is used up */
  take(...quotas: Quota[]): void;
}

export type Answer = { json: Json } | { bytes: Uint8Array; name: string };

export interface Route {
  method: string;
  /** Path with `:name` for each parameter. */
  path: string;
  /** One of them is enough; none: no scope needed. */
  scopes: readonly string[];
  handle(call: Call): Answer;
}

export const ok = (data: Json = {}): Answer => ({ json: { code: 0, msg: "success", data } });

export type IdType = "open_id" | "union_id" | "user_id";

/** Type of the ids of persons in a call. @throws Refusal when it is none */
export function idType(query: URLSearchParams, name: string, fallback?: IdType): IdType {
  const given = query.get(name) ?? fallback;
  if (given === "open_id" || given === "union_id" || given === "user_id") return given;
  throw new Refusal(230001, { ext: `${name} is invalid` });
}

export const idOf = (user: User, type: IdType): string =>
  ({ open_id: user.openId, union_id: user.unionId, user_id: user.userId })[type];

/** One page of a list, 1 to 100 items. @throws Refusal for an unknown token */
export function page<T>(
  items: readonly T[],
  query: URLSearchParams,
): { items: T[]; has_more: boolean; page_token: string } {
  const size = Number(query.get("page_size") ?? 20);
  const start = Number(query.get("page_token") || 0);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new Refusal(230001, { ext: "page_size is invalid" });
  if (!Number.isInteger(start) || start < 0) throw new Refusal(230001, { ext: "page_token is invalid" });
  const end = start + size;
  const more = end < items.length;
  return { items: items.slice(start, end), has_more: more, page_token: more ? String(end) : "" };
}
