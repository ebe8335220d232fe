import { join } from "node:path";
import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { definePlatform } from "#core/ports.ts";
import { LocalPlatform } from "./local-platform.ts";

const Options = z.strictObject({
  /** Reports that the sample button sends in turn. */
  sample: z.array(z.string().min(1)).default([]),
  /** A sentence shown above all chats. */
  banner: z.string().optional(),
  /** Address of the time-lapse room. */
  lapseHref: z.string().optional(),
});

/** The group chat in the browser: the embedded default, needs no account. */
export default definePlatform({
  name: "local",
  create({ roster, clock, folder, options, token, screen, keepsFiles, report }) {
    const parsed = Options.safeParse(options ?? {});
    if (!parsed.success)
      throw new BotError("bad-config", `platforms.local 配置有误:\n${z.prettifyError(parsed.error)}`);
    const { banner, lapseHref, sample } = parsed.data;
    return new LocalPlatform({
      roster,
      clock,
      screen,
      report,
      sample,
      file: join(folder, "local-chat.db"),
      prefix: "/chat",
      ...(token ? { token } : {}),
      ...(keepsFiles ? { keepsFiles } : {}),
      ...(banner ? { banner } : {}),
      ...(lapseHref ? { lapseHref } : {}),
    });
  },
});
