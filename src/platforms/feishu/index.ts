import { definePlatform } from "#core/ports.ts";
import { checkFeishu } from "./check.ts";
import { FeishuPlatform } from "./feishu-platform.ts";
import { readOptions } from "./options.ts";

/** Feishu: an app of the office's own tenant, as a bot in its work chats. */
export default definePlatform({
  name: "feishu",
  create: (context) => new FeishuPlatform(readOptions(context.env, context.options), context),
  check: checkFeishu,
});
