import { BotError } from "#core/errors.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { PlacedStep } from "./scenario.ts";

/** The private chat with the bot, in place of a group's name. */
export const PRIVATE = "dm";

/** @throws BotError bad-input, naming every step that speaks of a person or group that the roster does not know */
export function checkNames(steps: readonly PlacedStep[], roster: Roster, file: string): void {
  const problems = steps.flatMap(({ step, place }) => {
    const people = "by" in step ? [step.by] : step.do === "read" ? step.who : [];
    const chat = "in" in step && step.in !== PRIVATE ? step.in : undefined;
    return [
      ...people.filter((name) => !roster.person(name)).map((name) => `${place}:通讯录里没有“${name}”这个人`),
      ...(chat !== undefined && !roster.group(chat)
        ? [
            `${place}:没有“${chat}”这个群,可写 ${[...roster.file.groups.map((g) => g.name), `${PRIVATE}(私聊机器人)`].join("、")}`,
          ]
        : []),
    ];
  });
  if (problems.length > 0)
    throw new BotError("bad-input", `场景文件 ${file} 有 ${problems.length} 处问题:\n${problems.join("\n")}`);
}
