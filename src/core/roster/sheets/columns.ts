import { bareHeading } from "#core/import/columns.ts";

/** What a column of a list of people, units, groups or duty says. */
export type Field =
  | "unit"
  | "unitId"
  | "aliases"
  | "area"
  | "management"
  | "superior"
  | "unitRole"
  | "duties"
  | "liaison"
  | "deputy"
  | "head"
  | "name"
  | "post"
  | "title"
  | "phone"
  | "leads"
  | "leaderRole"
  | "executive"
  | "group"
  | "purpose"
  | "members"
  | "date"
  | "weekday"
  | "shift"
  | "from"
  | "to"
  | "officer"
  | "dutyLeader"
  | "areaName"
  | "places"
  | "note"
  | "platform"
  | "account";

/** Columns that hold people: a column with telephone numbers belongs to the nearest of them on its left. */
export const PERSON_FIELDS: ReadonlySet<Field> = new Set([
  "name",
  "liaison",
  "deputy",
  "head",
  "officer",
  "dutyLeader",
]);

/** Numbers at which a platform finds nobody. */
const OTHER_NUMBERS = /办公|固定|固话|座机|传真|短号|小号|值班电话/;

/** Headings as offices write them, spaces and brackets left out. The first that fits decides. */
const HEADINGS: readonly (readonly [Field, RegExp])[] = [
  ["phone", /(?:手机|电话|联系方式|手机号|号码)(?:号码?)?$/],
  ["areaName", /^(?:行政)?(?:区划|地区)名称$/],
  ["area", /^(?:行政)?(?:区划|属地|地区)(?:代码)?$|^代码$/],
  ["aliases", /^(?:单位)?(?:别名|简称)$/],
  ["unitId", /^单位(?:编号|标识)$|^(?:编号|标识)$/],
  ["management", /^管理(?:方式|体制|关系)$/],
  ["superior", /^上级(?:部门|单位|主管部门)?$|^主管部门$/],
  ["unitRole", /^(?:单位|组织)?职能$/],
  ["duties", /^职责词$|^关键词$/],
  ["leads", /^(?:分管|联系|分管联系)(?:单位|部门)$/],
  ["leaderRole", /^(?:领导)?类别$/],
  ["executive", /^(?:是否)?常务$/],
  ["members", /^群?成员$/],
  ["purpose", /^群?用途$/],
  ["group", /^(?:工作|值班)?群(?:名称?|聊|聊名称|组|组名称)?$/],
  ["date", /^(?:值班)?日期$/],
  ["weekday", /^(?:星期|周|星期几|周几)$/],
  ["from", /^(?:起|开始|起始|上班)(?:时间)?$/],
  ["to", /^(?:止|结束|终止|下班)(?:时间)?$/],
  ["shift", /^(?:值班)?(?:时间|时段|班次)$/],
  ["dutyLeader", /^带班(?:领导|负责人|干部|人)?$|^值班(?:领导|负责人)$/],
  ["officer", /^值[班守](?:员|人员?|干部)?$/],
  ["platform", /^平台$/],
  ["account", /^(?:平台)?账号$/],
  ["liaison", /^(?:信息|舆情|政务)?(?:联络员|联络人|联系人|联系员)[AB12一二]?[岗角]?(?:姓名)?$|^[AB][岗角](?:姓名)?$/],
  ["deputy", /^分管(?:领导|负责人|负责同志|同志|局长|副职)?(?:姓名)?$/],
  ["head", /^(?:单位)?(?:主要负责人|主要负责同志|主要领导|负责人|一把手)(?:姓名)?$/],
  ["post", /^(?:舆情|联络)?(?:岗位|角色)(?:类别|类型)?$|^(?:人员|联络员)(?:类别|类型)$/],
  ["title", /^职务(?:职级)?$/],
  ["name", /^(?:人员)?(?:姓名|名字|名单)$|^人员$/],
  ["places", /^(?:所辖)?地名$/],
  ["note", /^备注$/],
  ["unit", /^(?:所在|所属|工作|成员|责任)?(?:单位|部门)(?:名称)?$|^单位部门$/],
];

/** What a heading names; undefined for a column of no use here. */
export function fieldOf(heading: string): Field | undefined {
  const bare = bareHeading(heading).replace(/[、/]/gu, "").toUpperCase();
  if (OTHER_NUMBERS.test(bare)) return undefined;
  return HEADINGS.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** What the rows of a table are. */
export type Kind = "units" | "people" | "leaders" | "duty" | "groups" | "areas" | "accounts";

/** What a table with these columns holds; undefined: nothing of a roster. */
export function kindOf(fields: ReadonlySet<Field>): Kind | undefined {
  const has = (...wanted: Field[]): boolean => wanted.every((f) => fields.has(f));
  if (has("account", "platform", "name")) return "accounts";
  if (has("area", "areaName")) return "areas";
  if (has("group") && (has("members") || has("unit") || has("purpose"))) return "groups";
  if (has("officer") && (has("date") || has("weekday"))) return "duty";
  if (has("leads", "name")) return "leaders";
  if (has("name") && (has("post") || has("title") || has("unit"))) return "people";
  if (has("unit") && ["liaison", "deputy", "head", "unitId", "aliases"].some((f) => fields.has(f as Field)))
    return "units";
  return undefined;
}
