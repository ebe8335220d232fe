import { attention, type Check, ok, wrong } from "#core/check.ts";
import { PAGES, RELEASE_AGAIN, scopesPage } from "./console.ts";
import { FeishuError } from "./errors.ts";
import type { FeishuOptions } from "./options.ts";
import { SCOPES, type Scope } from "./scopes.ts";

/** Wider scopes that contain a narrower one: an app that was set up earlier may have these. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  "im:message:send_as_bot": ["im:message"],
  "im:message:readonly": ["im:message"],
  "im:message.reactions:read": ["im:message", "im:message:readonly"],
  "im:message.p2p_msg:readonly": ["im:message.p2p_msg"],
  "im:message.group_at_msg:readonly": ["im:message.group_at_msg"],
  "im:chat:readonly": ["im:chat", "im:chat:read"],
};

/**
 * What the published version may do, against what the bot needs.
 * @param granted undefined where the platform does not tell
 * @throws FeishuError
 */
export async function checkScopes(
  { domain, appId }: Pick<FeishuOptions, "domain" | "appId">,
  granted: () => Promise<readonly string[] | undefined>,
): Promise<Check[]> {
  const scopes = await granted().catch((error: unknown) => {
    if (error instanceof FeishuError && error.status === 404) return undefined;
    throw error;
  });
  if (!scopes) {
    const all = SCOPES.map((s) => s.scope).join("、");
    return [attention("飞书权限", "这个飞书部署查不了权限", `请在控制台“${PAGES.scopes}”对照核对：${all}。`)];
  }
  const has = (scope: string): boolean => [scope, ...(WIDER[scope] ?? [])].some((s) => scopes.includes(s));
  const missing = SCOPES.filter((s) => !has(s.scope));
  if (missing.length === 0) return [ok("飞书权限", `${SCOPES.length} 项都已开通`)];
  const mend = (lacking: readonly Scope[]): string =>
    `请打开 ${scopesPage(
      domain,
      appId,
      lacking.map((s) => s.scope),
    )} 开通；${RELEASE_AGAIN}。`;
  const named = (lacking: readonly Scope[]): string => lacking.map((s) => `${s.scope}(${s.purpose})`).join("；");
  const required = missing.filter((s) => s.required);
  const optional = missing.filter((s) => !s.required && !s.sensitive);
  const sensitive = missing.filter((s) => !s.required && s.sensitive);
  return [
    ...(required.length > 0 ? [wrong("飞书权限", `缺少必需的 ${named(required)}`, mend(required))] : []),
    ...(optional.length > 0 ? [attention("飞书权限", `没有 ${named(optional)}`, mend(optional))] : []),
    ...sensitive.map(({ scope }) =>
      attention(
        "飞书权限",
        `群里只有 @机器人 的消息能收到(没有 ${scope})`,
        `请管理员在控制台“${PAGES.scopes}”批准 ${scope}；${RELEASE_AGAIN}。不批准也能用，发命令时先 @机器人。`,
      ),
    ),
  ];
}
