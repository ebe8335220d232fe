import { type Case, midNo, shortNo } from "#core/case/case.ts";
import { allowedIn } from "#core/case/states.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { type Button, cut, type Line } from "./card.ts";

/** Longest title of another case on a card, characters. */
const TITLE = 16;

/** "003" beside a case of the same day, else "20261119-003". */
const noBeside = (c: Case, other: string): string =>
  midNo(c.id).slice(0, 8) === midNo(other).slice(0, 8) ? shortNo(other) : midNo(other);

/** Hints that can still be followed. */
const hints = (c: Case) => (allowedIn("merge", c.state) ? (c.similar ?? []) : []);

/** "相似：002 幸福里停水(同一链接)" */
export const similarLines = (c: Case): Line[] =>
  hints(c).map(({ id, title, why }) => ({
    kind: "text",
    text: `相似：${noBeside(c, id)} ${cut(title, TITLE)}(${why})`,
  }));

/** For the likeliest one: merge, or say that it is something else. */
export function similarButtons(c: Case): Button[] {
  const [best] = hints(c);
  if (!best) return [];
  const values = { 编号: c.id, 版本: String(c.version) };
  const no = noBeside(c, best.id);
  return [
    {
      action: "并案",
      label: `并案：与 ${no} 相似`,
      values,
      form: {
        title: `把 ${shortNo(c.id)} 并入 ${no} ${cut(best.title, TITLE)}`,
        submit: "提交并案",
        fields: [
          { name: "到", label: "并入哪一件", type: "text", value: midNo(best.id), required: true },
          {
            name: "理由",
            label: "相似依据",
            type: "longtext",
            value: `同一事件，${best.why.split("，")[0] ?? ""}`,
            required: true,
          },
        ],
      },
    },
    { action: "并案", label: "不是同一件", values: { ...values, 到: midNo(best.id), 结论: "不是同一件" } },
  ];
}

/** Where a case went, and what went into it. */
export function mergeLines(c: Case, now: Instant): Line[] {
  const into = c.mergedInto;
  return [
    ...(into
      ? [
          {
            kind: "text" as const,
            text: `已于 ${formatMoment(into.at, now)} 由${into.by}并入 ${midNo(into.id)} ${cut(into.title, TITLE)}(${into.reason})`,
          },
        ]
      : []),
    ...(c.absorbed ?? []).map(
      (a): Line => ({ kind: "text", text: `并入 ${noBeside(c, a.id)} ${cut(a.title, TITLE)}(报送人 ${a.reporter})` }),
    ),
  ];
}

/** Leads from a merged case to the one it went into. */
export const leadButtons = (c: Case): Button[] =>
  c.mergedInto
    ? [{ action: "状态", label: `看 ${noBeside(c, c.mergedInto.id)}`, values: { 编号: c.mergedInto.id } }]
    : [];
