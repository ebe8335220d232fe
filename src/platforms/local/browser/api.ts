/** A request that did not succeed; `message` is a sentence for the person. Status 0: the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** Address below the prefix under which this page is mounted. */
export function apiUrl(path: string, query: Record<string, string | number> = {}): string {
  const url = new URL(`../api/${path}`, import.meta.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url.href;
}

/** @throws ApiError */
export function get<T>(path: string, query: Record<string, string | number> = {}): Promise<T> {
  return ask<T>(apiUrl(path, query), { headers: { Accept: "application/json" } });
}

/** @throws ApiError */
export function post<T>(path: string, query: Record<string, string | number>, body: object): Promise<T> {
  const json = { Accept: "application/json", "Content-Type": "application/json" };
  // The browser itself says of a form where its parts begin.
  return ask<T>(apiUrl(path, query), {
    method: "POST",
    ...(body instanceof FormData
      ? { headers: { Accept: "application/json" }, body }
      : { headers: json, body: JSON.stringify(body) }),
  });
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch(() => undefined);
  if (!response) throw new ApiError("连不上服务器，请检查网络后再试。", 0);
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  throw new ApiError(errorOf(answer) ?? "服务器出错了，请稍后再试。", response.status);
}

function errorOf(answer: unknown): string | undefined {
  return typeof answer === "object" && answer !== null && "error" in answer && typeof answer.error === "string"
    ? answer.error
    : undefined;
}

/** A random key that makes repeating a request harmless. Works without a secure context, unlike crypto.randomUUID. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}
