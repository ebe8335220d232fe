import { gazetteerOf } from "../intake/gazetteer.ts";
import { alternatives } from "../intake/words.ts";
import type { Roster } from "../roster/roster.ts";

/** A word of 2–4 characters is long enough to mean something and short enough to come up again. */
const SHORTEST = 2;
const LONGEST = 4;

/** Characters that are hardly ever part of a topic word: they end one. */
const BREAKS =
  /[的了在是不没有无和与及也都就还又很太被把让给对向从到于由因为所而但其这那哪此该各每某几多少个件名位人次年月日号时分点天今昨明前后上下里外中间约近达超已正将要能会可请须称说曝传发现]/gu;

/** What reports say whatever they are about. */
const COMMON =
  "网友 网民 群众 居民 市民 村民 业主 住户 学生 家长 老人 孩子 小孩 行人 车辆 记者 博主 账号 用户 大家 部门 单位 政府 领导 干部 有关 相关 当地 本地 附近 周边 全县 全市 县城 城区 小区 学校 门口 路口 路段 路边 路上 街道 马路 村口 情况 问题 事件 事情 原因 消息 内容 标题 视频 图片 照片 截图 帖子 话题 热搜 热度 评论 留言 转发 点赞 播放 阅读 浏览 微博 微信 抖音 快手 头条 小红书 公众号 直播 链接 平台 反映 反应 投诉 举报 质疑 吐槽 求助 呼吁 关注 希望 要求 建议 核实 处理 解决 尽快 及时 立即 尽早 回应 答复 说明 通知 目前 现在 现场 近日 最近 连续 长期 多次 多日 严重 大量 部分 大面积 造成 导致 引发 引起 发生 出现 存在 影响 进行 开始 继续 仍然 依然 一直 已经 没人 无人 伤亡 受伤 死亡 死者 伤者 家属 电话 手机 联系 万元 左右 以上 半个月 小时 分钟 早上 上午 中午 下午 晚上 夜间 凌晨 昨天 今天 前天 周末".split(
    " ",
  );
/** 解放路, 人民大街: a spot rather than a matter; 路灯 and 路面 are none. */
const STREET = /\p{Script=Han}{2}(?:大道|大街|[路街巷])(?![灯面障基])/gu;
const PLACEHOLDER = /\[(?:电话|身份证号|银行卡号|住址|车牌)\]|1\d{2}\*{4}\d{4}|\p{Script=Han}某/gu;
const OTHER = /[^\p{Script=Han}]+|[一二三四五六七八九十百千万亿两半零第]/gu;

let known: Intl.Segmenter | undefined;
/** Made when the first word is looked for: it costs a start several milliseconds. */
const segmenter = (): Intl.Segmenter => (known ??= new Intl.Segmenter("zh", { granularity: "word" }));

interface Piece {
  from: number;
  to: number;
}

/**
 * Words that may say what a text is about, in order of appearance: single words of the language, and neighbouring characters
 * that the dictionary does not join (窨|井, 广场|舞). No place, unit, person, number, nor what every report says.
 */
export function topicWords(text: string, roster: Roster): string[] {
  const bare = blanked(text, roster);
  const words = new Map<string, number>();
  for (const run of bare.matchAll(/\p{Script=Han}{2,}/gu)) {
    const pieces = [...segmenter().segment(run[0])].map(
      ({ index, segment }): Piece => ({
        from: index,
        to: index + segment.length,
      }),
    );
    for (let i = 0; i < pieces.length; i++)
      for (let j = i; j < pieces.length; j++) {
        const joined = pieces.slice(i, j + 1);
        const word = run[0].slice(pieces[i]?.from, pieces[j]?.to);
        if (word.length > LONGEST) break;
        if (word.length < SHORTEST || !isWord(joined)) continue;
        if (!words.has(word)) words.set(word, run.index + (pieces[i]?.from ?? 0));
      }
  }
  return [...words].sort((a, b) => a[1] - b[1]).map(([word]) => word);
}

/** One word, characters that stand alone, or a word with one more character. */
function isWord(pieces: readonly Piece[]): boolean {
  const long = pieces.filter((p) => p.to - p.from > 1).length;
  const single = pieces.length - long;
  return long === 0 || pieces.length === 1 || (long === 1 && single === 1 && lengthOf(pieces) <= 3);
}

const lengthOf = (pieces: readonly Piece[]): number => (pieces.at(-1)?.to ?? 0) - (pieces[0]?.from ?? 0);

/** The text with everything that is no topic replaced by spaces. */
function blanked(text: string, roster: Roster): string {
  const { placePattern, unitPattern } = gazetteerOf(roster);
  const names = [placePattern, unitPattern, alternatives([...roster.people.keys(), ...COMMON])].filter(Boolean);
  return [PLACEHOLDER, new RegExp(names.join("|"), "gu"), STREET, OTHER, BREAKS].reduce(
    (bare, pattern) => bare.replace(pattern, " "),
    text,
  );
}
