/** What reports say of every event: who saw it where, how people react, what is asked. It tells no two events apart. */
const STOCK = new RegExp(
  [
    "网传|网友|网民|网帖|网上|抖音|微博|快手|视频|播放|阅读量?|话题|转发|评论|点赞|家长群|业主群|朋友圈|微信群|传得很凶|疯传|热传|在传|流出",
    "曝光|被曝|爆料|反映|反应|质疑|吐槽|投诉|举报|发帖|帖子|上传|怀疑|讨说法|拉横幅|不满|无人管|不作为|希望|(?:请?尽快|请(?:\\p{Script=Han}{1,6}局)?)?核实|待核|核查|处理|回应|报警",
    "昨天|今天|前天|明天|今早|今晚|昨晚|凌晨|上午|中午|下午|早上|晚上|夜间|半夜|左右|开始|已经|目前|正在|尚未|仍未|突然|现场|大量|多次|严重",
    "发生|事件|事故|情况|消息|有人|无人员?伤亡|受伤|伤亡|死亡|遇难|送医|(?:道路|交通)中断",
    "[我本全]县|县城|群众|居民|市民|家长|村民|业主|学生|孩子|\\p{Script=Han}{2}局",
    "[的了被又在把给称我你他它这那县]",
  ].join("|"),
  "gu",
);

/** Pairs of neighbouring Chinese characters: words need not be known to be compared, and two characters are a word. */
function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu))
    for (let i = 0; i + 1 < run.length; i++) pairs.add(run.slice(i, i + 2));
  return pairs;
}

/** What is said of the event itself, as pairs of characters. */
export const topicOf = (text: string): Set<string> => pairsOf(text.replace(STOCK, " "));
