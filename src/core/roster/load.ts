import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { Roster } from "./roster.ts";
import { RosterSchema } from "./schema.ts";

/**
 * Builds a roster from the parsed content of a roster file.
 * @param jurisdiction code of the office's own jurisdiction; default: `office.jurisdiction` of the file
 * @throws BotError bad-roster, naming every field that is wrong
 */
export function rosterFrom(content: unknown, jurisdiction?: string): Roster {
  const parsed = RosterSchema.safeParse(content);
  if (!parsed.success) throw new BotError("bad-roster", `通讯录格式不对:\n${z.prettifyError(parsed.error)}`);
  const home = jurisdiction ?? parsed.data.office?.["jurisdiction"];
  if (typeof home !== "string") throw new BotError("bad-roster", "通讯录没有写 office.jurisdiction(本级区划代码)");
  return new Roster(parsed.data, { jurisdiction: home });
}
