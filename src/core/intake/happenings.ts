import { tellsOfTrouble } from "./lexicon.ts";

/** A drill, a lesson, a celebration, a day off, the news from elsewhere, or a case that is known: nothing new has happened here. */
const NOTHING_NEW =
  /演[练习]|宣传(?!部)|宣讲|培训(?!机构|学校|班|中心)|讲座|(?:安全|警示|法治)教育|预案|须知|承诺书|统计|隐患|校庆|运动会|亲子|广场舞|接孩子|请.{0,3}假|晚到|来晚|迟到|电影|电视剧|小说|游戏|梦见|引以为戒|看新闻|[邻外][省市县]|某[省县地]|某市(?!场)|[那这][件起]|办结|签收|处理[完好]|通报发|误会/;
/** A clause that asks, supposes, warns or exaggerates. */
const UNSURE =
  /[?？吗]|如果|万一|假如|要是|会不会|是不是|有没有|(?<![特级性区])别(?!墅)|小心|当心|防止|[预谨严]防|防[踩溺坠火震汛]|差点|险些|爆炸[式性盐]/;
const CLAUSE = /[^，,；;。！!\n]+/g;

/** Does a text tell that something grave has happened? What is only feared, taught or practised does not count. */
export const tellsOfHappening = (text: string): boolean =>
  !NOTHING_NEW.test(text) &&
  (text.match(CLAUSE) ?? []).some((clause) => tellsOfTrouble(clause) && !UNSURE.test(clause));

/** Where people live, learn, work and travel, in words that no roster lists. */
const SITE =
  /学校|校[园门]|[小中大]学|幼儿园|医院|卫生院|诊所|[敬养]老院|福利院|[\u4e00-\u9fa5]厂(?!长|家)|煤矿|矿[山井上]|工地|商场|超市|市场|车站|加油站|酒店|宾馆|饭店|餐馆|网吧|培训(?:机构|班)|小区|宿舍|大桥|隧道|水库|高速|[国省县乡]道|街上|路口|河[里边]|村[里头口]|[镇乡]上|城[东南西北]/;

/** Does a text name a kind of place or institution, if not by name? */
export const namesSite = (text: string): boolean => SITE.test(text);
