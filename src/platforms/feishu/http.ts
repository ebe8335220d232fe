import type * as lark from "@larksuiteoapi/node-sdk";
import axios, { type AxiosInstance } from "axios";

const LONGEST_ANSWER = 8 * 1024 * 1024;

/**
 * The SDK's own instance waits for ever, follows redirects and obeys proxies of the environment; a bot that must speak within
 * its limits needs an end to each request, and credentials go nowhere but to the address that was configured.
 * `timeoutMs` is for a whole request; `stop` ends all of them.
 */
export function createHttp({ timeoutMs, stop }: { timeoutMs: number; stop?: AbortSignal }): AxiosInstance {
  const http = axios.create({ proxy: false, maxRedirects: 0, maxContentLength: LONGEST_ANSWER });
  http.interceptors.request.use((config) => {
    // axios counts silence on the socket only: an answer that trickles would never end.
    const deadline = AbortSignal.timeout(timeoutMs);
    return { ...config, timeout: timeoutMs, signal: stop ? AbortSignal.any([stop, deadline]) : deadline };
  });
  return http;
}

/** Makes an instance return bodies, as the SDK expects of it; the types of axios cannot say so. */
export function returningBodies(http: AxiosInstance): lark.HttpInstance {
  http.interceptors.response.use((response) => response.data);
  return http as unknown as lark.HttpInstance;
}
