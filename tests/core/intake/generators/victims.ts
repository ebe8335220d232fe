import fc from "fast-check";
import type { Casualties } from "#core/intake/types.ts";
import { counted } from "./numerals.ts";

/** A passage about people harmed, and what it states. Notes are worded freely and left out. */
export interface Toll {
  text: string;
  casualties: Omit<Casualties, "note"> | null;
}

interface People {
  dead: number | null;
  injured: number | null;
  severe?: number;
  missing?: number;
}
const stated = (people: People): Toll["casualties"] => ({ status: "stated", ...people });

const number = fc.integer({ min: 1, max: 99 });
const digits = (n: number): string => String(n);
const numeral = fc.constantFrom(digits, counted);
const WHO = [
  "人",
  "名学生",
  "名村民",
  "名工人",
  "名群众",
  "位老人",
  "名外地游客",
  "名消防员",
  "名幼儿",
  "名乘客",
  "个孩子",
];
const who = fc.constantFrom(...WHO);
const DEAD = ["死亡", "遇难", "身亡", "不幸身亡", "当场死亡", "经抢救无效死亡", "溺亡", "坠楼身亡"];
const INJURED = ["受伤", "受轻伤", "轻伤", "被砸伤", "受伤送医", "骨折", "食物中毒", "出现呕吐"];
const MISSING = ["失联", "失踪", "下落不明"];

/** 3名学生受伤 · 受伤3人 · 受伤人数升至3人 */
const single = (verbs: readonly string[], heads: readonly string[]) =>
  fc
    .tuple(number, numeral, who, fc.constantFrom(...verbs), fc.constantFrom(...heads), fc.integer({ min: 0, max: 2 }))
    .map(([n, write, people, verb, head, order]) => ({
      n,
      text: [`${write(n)}${people}${verb}`, `${head}${write(n)}人`, `${head}人数升至${digits(n)}人`][order] as string,
    }));
const dead = single(DEAD, ["死亡", "遇难"]);
const injured = single(INJURED, ["受伤", "轻伤"]);
const missing = single(MISSING, ["失联", "失踪"]);

const one = fc.oneof(
  dead.map(({ n, text }): Toll => ({ text, casualties: stated({ dead: n, injured: null }) })),
  injured.map(({ n, text }): Toll => ({ text, casualties: stated({ dead: null, injured: n }) })),
  missing.map(({ n, text }): Toll => ({ text, casualties: stated({ dead: null, injured: null, missing: n }) })),
);
const several = fc.tuple(dead, injured, missing, fc.constantFrom("、", "，"), fc.boolean()).map(
  ([d, i, m, join, withMissing]): Toll => ({
    text: [d, i, ...(withMissing ? [m] : [])].map((x) => x.text).join(join),
    casualties: stated({ dead: d.n, injured: i.n, ...(withMissing ? { missing: m.n } : {}) }),
  }),
);
/** 3死5伤, 一死两伤, 死3伤5, 1死2失联 */
const terse = fc
  .tuple(number, number, numeral, fc.constantFrom("致", "造成", "目前", ""), fc.integer({ min: 0, max: 3 }))
  .map(([d, i, write, lead, style]): Toll => {
    const people = { dead: d, injured: i };
    const texts = [
      `${write(d)}死${write(i)}伤`,
      `${write(d)}人死亡${write(i)}人受伤`,
      `死${d}伤${i}`,
      `死亡${d}人、受伤${i}人`,
    ];
    return { text: lead + (texts[style] as string), casualties: stated(people) };
  });
/** 重伤2人、轻伤4人 are six; 6人受伤（其中2人重伤） are six too. */
const graded = fc.tuple(number, number, number, fc.boolean(), fc.boolean()).map(
  ([d, severe, mild, withDead, subset]): Toll => ({
    text: `${withDead ? `${d}人死亡、` : ""}${subset ? `${severe + mild}人受伤（其中重伤${severe}人）` : `${severe}人重伤、${mild}人轻伤`}`,
    casualties: stated({ dead: withDead ? d : null, injured: severe + mild, severe }),
  }),
);
const none = fc
  .constantFrom(
    "无人员伤亡",
    "未造成人员伤亡",
    "没有造成人员伤亡",
    "无伤亡",
    "没有人员伤亡",
    "未发生人员伤亡",
    "零伤亡",
  )
  .map((text): Toll => ({ text, casualties: stated({ dead: 0, injured: 0 }) }));
const notHurt = fc
  .constantFrom("无人受伤", "没有学生受伤", "没人受伤", "师生均未受伤", "未造成人员受伤")
  .map((text): Toll => ({ text, casualties: stated({ dead: null, injured: 0 }) }));
const unverified = fc
  .constantFrom(
    "没听说有伤亡",
    "暂无人员伤亡报告",
    "暂未接到人员伤亡报告",
    "目前没听说有人员伤亡",
    "尚未发现人员伤亡",
    "暂无伤亡",
  )
  .map((text): Toll => ({ text, casualties: { status: "unverified", dead: null, injured: null } }));
const unknown = fc
  .constantFrom(
    "伤亡不详",
    "伤亡情况不明",
    "受伤人数不详",
    "伤亡情况正在核实",
    "具体伤亡人数待核实",
    "有没有人员伤亡还不清楚",
    "多人受伤",
    "几名学生呕吐",
    "有人受伤",
  )
  .map((text): Toll => ({ text, casualties: { status: "unknown", dead: null, injured: null } }));

const CLAIMS = ["网传", "有人说", "听说", "群里在传", "据说", "有传言称"];
const claim = fc
  .tuple(
    fc.constantFrom(...CLAIMS),
    number,
    fc.constantFrom("死了X个人", "死亡X人", "X人死亡", "现场爆炸，死了X个", "X死三伤"),
  )
  .map(([lead, n, what]) => lead + what.replace("X", String(n)));
/** What is only claimed is never stored as a number … */
const rumoured = fc
  .tuple(claim, fc.constantFrom("", "（未证实）", "，未经证实", "，正在核实"))
  .map(
    ([text, tail]): Toll => ({ text: text + tail, casualties: { status: "unverified", dead: null, injured: null } }),
  );
/** … and what is denied is not stored at all; what the sender states beside it is. */
const DENIALS = ["，不实", "，系谣言", "，经核实为谣言", "，经查是假消息", "，纯属编造", "。经核实不实", "的消息不实"];
const denied = fc
  .tuple(claim, fc.constantFrom(...DENIALS))
  .map(([text, denial]): Toll => ({ text: text + denial, casualties: null }));
const corrected = fc
  .tuple(claim, number, fc.constantFrom("，实际", "，不实，经核实为", "。经核实，"))
  .map(
    ([text, n, turn]): Toll => ({ text: `${text}${turn}${n}人受伤`, casualties: stated({ dead: null, injured: n }) }),
  );
const notPeople = fc
  .constantFrom(
    "死了3头牛",
    "50头猪死亡",
    "100只羊死亡",
    "撞死一条狗",
    "河面大量死鱼",
    "300余只鸡鸭中毒死亡",
    "两车受损",
    "3辆车不同程度受损",
    "转移群众426人",
    "死者家属拉横幅",
    "12人点赞",
    "停水3天",
    "5名家长反映孩子没位置",
    "2名民警赶到现场",
  )
  .map((text): Toll => ({ text, casualties: null }));

/** Families of passages, one for each way to speak of people harmed. */
export const TOLLS: Readonly<Record<string, fc.Arbitrary<Toll>>> = {
  "one kind": one,
  "several kinds": several,
  "in short": terse,
  "by severity": graded,
  nobody: none,
  "nobody hurt": notHurt,
  "not heard of": unverified,
  "not known": unknown,
  rumoured: rumoured,
  "rumoured and denied": denied,
  "rumoured, and what is true": corrected,
  "animals, vehicles, bystanders": notPeople,
};
