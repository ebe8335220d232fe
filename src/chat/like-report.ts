import { simplify } from "#core/intake/traditional.ts";

/** How a report begins when its slash was forgotten. */
const HEADS =
  "舆情\\s?(?:上报|快报|信息|专报|报送|报告|线索|速报|预警|提示)?|(?:网络|突发|涉.{1,8}|负面|重大|紧急)舆情(?:上报|快报|信息|报告|线索|预警|提示)?|网情(?:快报|信息|上报)?|值班快报|(?:上报|报送|报告)(?:一[条件个起])?舆情";
const OPEN = "^\\s*(?:\\p{Extended_Pictographic}\\uFE0F?\\s*)*";
const LIKE_A_REPORT = new RegExp(
  `${OPEN}(?:[【\\[]\\s*(?:${HEADS})\\s*(?:[】\\]｜|])|(?:${HEADS})\\s*[｜|：:\\n])`,
  "u",
);
/** Three labelled lines of a report form. */
const LABELLED =
  /(?:^|\n)\s*(?:\d[.、]|[-·•])?\s*(?:标题|来源|平台|来源平台|发现时间|发布时间|链接|涉事单位|涉事地|涉及单位|热度|情况摘要|内容摘要|事发时间|事发地点|伤亡情况?)\s*[:：]/g;
/** What offices write about the work with 舆情 rather than of a matter. */
const ABOUT_WORK =
  /^.{0,12}[】：:|｜]\s*(?:请(?:大家|各单位|各部门)|关于|各单位|.{0,10}(?:培训|会议|例会|工作方案|工作要点|制度|考核|值班表|截止))/u;

/** Does the text begin like a report: 【舆情上报】…, 舆情快报：…, or as a filled-in form? */
export function looksLikeReport(text: string): boolean {
  const simplified = simplify(text.slice(0, 400));
  const isForm = (simplified.match(LABELLED)?.length ?? 0) >= 3;
  return (LIKE_A_REPORT.test(simplified) || isForm) && !ABOUT_WORK.test(simplified.split("\n")[0] ?? "");
}
