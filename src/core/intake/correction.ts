/** "Not A but B": B stands in place of A, and A says which of the reported values is meant. */
export interface Replacement {
  wrong: string;
  right: string;
}

export interface Correction {
  replacements: Replacement[];
  /** The text without what it takes back: what is said to be the case. */
  positive: string;
}

const PIECE = "[^，,。；;！!？?\\n]";
const IS = "(?:而是|应该是|应当是|应为|应是|是)";
/** 不是县医院是中医院 · 不是8点，是9点 */
const NOT_BUT = new RegExp(`(?:并)?不是(?<wrong>${PIECE}{1,24}?)[，,]?\\s?${IS}(?<right>${PIECE}{1,30})`, "g");
/** 伤的是3人不是5人 · 伤1人（轻伤），不是2人 */
const BUT_NOT = new RegExp(`(?<right>${PIECE}{1,30}?)[，,]?\\s?(?:而|并)?不是(?<wrong>${PIECE}{1,24})`, "g");
/** 5人受伤应为3人 · 发生时间应为9点 · 把县一中改成县二中 */
const SHOULD_BE = new RegExp(
  `(?:(?:把|将|由)\\s?)?[“"]?(?<wrong>${PIECE}{1,24}?)[”"]?(?:写错了|有误|错了)?[，,]?\\s?(?:应该是|应当是|应为|应是|更正为|更改为|改为|改成|订正为|纠正为|修正为|换成)[“"]?(?<right>[^，,。；;！!？?\\n”"]{1,30})[”"]?`,
  "g",
);
/** What a correction begins with; nothing of it is part of a value. */
const OPENING =
  /^(?:\s*[【[（(]?(?:更正|订正|勘误|改正|纠正|补充|更新|撤回)(?:说明|一下|下)?[】\])）]?\s*[:：,，、]?\s*|\s*(?:不好意思|抱歉|对不起)[，,]?|\s*(?:刚才|上面|前面|之前|刚刚|刚)(?:我)?(?:那条|那个|这条|报的|发的|说的|写的|报|发|说|写)*(?:说|写|报|打|发)?(?:错|不对|有误|反)(?:了|的)?[，,。:：\s]*|\s*(?:我)?(?:说|写|打|报|发)错了[，,。:：\s]*|\s*(?:是)?(?=不是))+/;

const LABEL = /(?:时间|单位|地点|地址|涉事地|平台|链接|标题|来源)$|^(?:涉事)?(?:学校|医院)$/;
const BARE = /^(?:是|为|有|共)?(?<n>\d{1,4}|[一二两三四五六七八九十]{1,3})(?:人|名|个|位|个人)?$/;
const NUMBER = /\d{1,4}|[一二两三四五六七八九十]{1,3}(?=人|名|个|位)/;
const VICTIMS = /伤|死|亡|遇难|失联|失踪|被困/;

/** Reads what a correction takes back. Linear: every piece is bounded. A text that corrects nothing is its own positive. */
export function readCorrection(said: string): Correction {
  const replacements: Replacement[] = [];
  const text = said.replace(OPENING, "");
  const put = (wrong: string, right: string): string => {
    const full = complete(wrong, tidy(right));
    replacements.push({ wrong: tidy(wrong), right: full });
    return full;
  };
  const positive = text
    .replace(NOT_BUT, (_, wrong: string, right: string) => put(wrong, right))
    .replace(BUT_NOT, (_, right: string, wrong: string) => {
      put(wrong, right);
      return right;
    })
    .replace(SHOULD_BE, (_, wrong: string, right: string) => {
      const about = tidy(wrong);
      if (LABEL.test(about)) return `${about}：${tidy(right)}`;
      if (VICTIMS.test(about) && !NUMBER.test(about)) return `${about}${tidy(right)}`;
      return put(about, right);
    })
    .replace(
      /(死亡|遇难|受伤|轻伤|重伤|失联|伤|死)(?:的|者|人数)?(?:应该)?(?:是|为|有)(?=\d|[一二两三四五六七八九十])/g,
      "$1",
    );
  return { replacements, positive };
}

const tidy = (piece: string): string =>
  piece
    .trim()
    .replace(/^(?:应该|应当|其实|实际)?(?:是|为|在)|(?:了|的|才对|吧|呢)$/g, "")
    .trim();

/** 不是5人受伤，是3人: the 3 are injured too. 3人受伤不是5人 needs nothing. */
function complete(wrong: string, right: string): string {
  const bare = BARE.exec(right)?.groups?.n;
  return bare !== undefined && VICTIMS.test(wrong) && NUMBER.test(wrong)
    ? tidy(wrong.replace(NUMBER, bare).replace(/(伤|死|亡)的?是/, "$1"))
    : right;
}

/** The number of a piece that is only a number of people: 3人, 五个. */
export const bareCount = (piece: string): string | undefined => BARE.exec(piece.trim())?.groups?.n;
