import type { Check } from "#core/check.ts";

const STATES: Record<Check["state"], string> = { ok: "正常", attention: "注意", wrong: "有问题" };

/** `huiying doctor`: every check with its state and how to mend it. @returns exit status 1 when something is wrong */
export function doctorReport(
  checks: readonly Check[],
  { json }: { json: boolean },
): { lines: string[]; status: 0 | 1 } {
  const count = (state: Check["state"]): number => checks.filter((c) => c.state === state).length;
  const status = count("wrong") > 0 ? 1 : 0;
  if (json) return { lines: [JSON.stringify({ ok: status === 0, checks })], status };
  return {
    lines: [
      ...checks.flatMap(({ name, state, finding, mend }) => [
        `[${STATES[state]}] ${name}:${finding}`,
        ...(mend ? [`  怎样修:${mend}`] : []),
      ]),
      "",
      status === 0 && count("attention") === 0
        ? "全部正常。"
        : `${count("wrong")} 处有问题,${count("attention")} 处须注意,${count("ok")} 处正常。`,
    ],
    status,
  };
}
