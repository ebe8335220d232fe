/** What colleagues say to one another around a case: neither stored nor answered. */

/** Words and signs of which acknowledgements and greetings consist. */
const COURTESY =
  /收到|已?收悉|好的?|好滴|好嘞|可以|行|没问题|没事|嗯+|哦+|噢|喔|明白|知道了?|了解|已阅|已读|阅|谢谢|感谢|多谢|辛苦了?|不客气|客气|ok+(?:ay)?|1|赞|同意|稍等|在吗?|您|你好|早上好|早安?|中午好|下午好|晚安|晚上好|新年好|节日快乐|周末愉快|大家|各位|领导|主任|局长|县长|科长|老师|同志们?|马上(?:办|核实|处理|落实|去)?|正在(?:核实|处理|办理)|立即(?:核实|处理|落实)|照办|遵照执行|哈+|嘿+|呵+|嘻+|666+|周知|已转|请放心|放心|[行了啦的哈呢吧收\s，,。.！!~、?？…]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\[[^\]\n]{1,4}\]/giu;

/** 收到, 好的👌, 辛苦了: nothing is left when courtesies are taken away. */
export const isCourtesy = (text: string): boolean => text.replace(COURTESY, "") === "";

/** 你好, 在吗, ？: whoever says this to the bot wants to know what it can do. */
export const isGreeting = (text: string): boolean =>
  /^(?:你好|您好|在吗|在不在|在么|有人吗|hi|hello|哈喽|机器人|小助手|[?？!！,，。~\s])+$/iu.test(text);

const HANDLING =
  "核实|处理|联系|对接|了解|赶|前往|去|办理?|落实|汇报|跟进|协调|研究|开会|查|统计|写|起草|准备|沟通|安排|部署|商量|调度|出发|路上|催|问|看";
/** What we ourselves do, will do, or ask of one another. */
const OWN_DOINGS: readonly RegExp[] = [
  new RegExp(
    `^(?:好的?|收到|嗯|行|是|那)?(?:我们?(?:这边|单位|局)?|我局|咱们?|本局|我单位)[^，。]{0,6}(?:在|去|到|马上|正|会|就|先|再|来|跟|也|都|已|${HANDLING})`,
  ),
  new RegExp(
    `^(?:正在|正|马上|立即|立刻|尽快|这就|稍后|一会儿?|待会儿?|等会儿?|等下|准备|打算|争取|抓紧|赶紧|安排人?|现在|先)(?:去|到|就|来)?(?:${HANDLING})`,
  ),
  /已(?:经)?(?:用)?(?:电话|微信|短信|当面|口头|书面)?(?:联系|通知|告知|转告|转达|对接|沟通|报告|汇报|安排|部署|转发|转给|转交|督促|提醒|催|交办|交代|报给|问|约好|跟.{1,8}说|和.{1,8}说|给.{1,8}(?:打|发|说))/,
  /^(?:电话|微信)?(?:联系|通知|告知|问|催)(?:了|过|上|到|不上)/,
  /^(?:请|麻烦|烦请|辛苦|大家|各位|@|让|叫|务必|注意|记得|别忘|谁|哪位|你们?|您)/,
  /[?？]$|[吗呢么]$|怎么回事|怎么办|什么情况/,
  /注意安全|加油|给力|太[慢快吓可严]|厉害|无语|唉|哎|天[哪啊]|不容易|真[的是]|又来了|又是|咋整|头疼|可怜|希望|但愿|祈祷|平安|保佑|吓|愁|累|忙|饭|下班|加班|回头|改天|晚点|再说|电话里|私聊|群里说|开会/,
];

/** Words of somebody who states what is the case out there. */
const FACT =
  /现场|目前|截至|截止|经(?:核实|核查|查|了解|调查|排查|检查|询问)|核实(?:为|属实|系|情况)|(?:不)?属实|原因(?:是|为|系|已|初步)|起因|初步(?:判断|调查|了解|原因)|所致|引起|造成|导致|(?:已|已经|全部|基本|逐步|陆续|均已)(?:全部|基本|逐步|陆续)?(?:恢复|扑灭|控制|得到控制|排除|修复|抢通|疏散|转移|安置|通水|通电|来水|来电|供水|供电|复课|撤离|救出|送医|送往|出院|开除|停职|立案|刑拘|拘留|道歉|赔偿|退款|关停|停业|封存|整改|公布|发布|澄清|删除|散去|离开|到场|到达|抵达|派出)|恢复(?:供水|供电|通行|正常|营业|秩序)|家属|伤者|伤员|死者|遇难|死亡|受伤|轻伤|重伤|伤亡|被困|失联|情绪稳定|秩序|网友|网民|评论区|评论|播放|阅读|转发量|点赞|热搜|上涨|升至|增至|最新|新增|又有|还有[^，。]{0,6}[人名户]|涉及|涉事|发生(?:在|于|时间)|地点(?:是|为|在)|(?:学校|医院|单位|小区|公司)是|属于|不是.{1,20}(?:是|而是)|应为|应该是|抢修|救援|救治|预计|维修|检修|爆管|漏水|停水|停电|火势|水位|塌|聚集|上访|视频(?:是|拍|为)|账号|已派|派.{0,6}(?:到|赴|进驻)|供应|道路|通行|降雨|下雨|水压|到场|抵达|浑浊|检测|化验|结果|张贴|公示|摆拍|送检|事发地|来水|来电|找到了|脱险|获救|(?:责任|涉事|承办|主管|牵头)(?:单位|部门)(?:应该?|就)?[是为：:]?[^，。是为补填谁哪吗呢]{2,14}(?:局|委|办|镇|乡|街道|中心|公司|学校|医院)|^是[^，。吗呢谁哪什]{2,14}(?:局|委|办|镇|乡|街道|中心|公司|学校|医院)$/;

/** 是晚上8点，不是早上 says the same as 不是早上，是晚上8点. */
const BUT_NOT = /^(?:@\S{1,12} )?(?:应该)?是[^，,。；;\n]{2,20}[，,]?(?:而|并)?不是[^，,。；;\n]/;
const NOT_BUT = /不是[^，,。；;\n]{1,24}[，,]?\s?(?:而是|应该是|应为|是)[^，,。；;\n]/;

/** 退款已到账, 小区还没来水: something out there has or has not happened. */
const HAPPENED =
  /^(?!我|咱|本|领导|局长|主任|县长|书记|县领导|分管|负责人|大家|老|小[^区学]|@)[^，。]{2,14}?(?:已经?|还没有?|尚未|仍然?|均)[^，。]{2}/;

/**
 * Does an answer to a card say something about the matter? 现场已恢复供水 does; 好的马上核实, 我们在路上了,
 * 已电话联系水务局老李 do not.
 * @param evidence a link, figures, casualties or labelled fields were found in it
 */
export function saysFact(text: string, evidence: boolean): boolean {
  if (evidence || ((NOT_BUT.test(text) || BUT_NOT.test(text)) && !/[?？吗吧呢]\s*$/.test(text))) return true;
  const clauses = text
    .split(/[，,。；;！!\n]+|(?<=[?？])/)
    .map((c) => c.trim().replace(/^(?:@\S{1,12}\s+)+/, ""))
    .filter((c) => c !== "" && !isCourtesy(c));
  return clauses.some(
    (clause) => !OWN_DOINGS.some((own) => own.test(clause)) && (FACT.test(clause) || HAPPENED.test(clause)),
  );
}

/** The daily business of an office: a correction of a meeting's time is none of a case. */
export const isOfficeBusiness = (text: string): boolean =>
  /会议|通知(?!书)|开会|例会|培训|报名|食堂(?:今天|明天|菜|吃|午餐|晚餐|的包子)|午饭|聚餐|材料(?:上交|报送|截止|发)|表格|值班表|排班|请假|调休|工资|体检|团建|车位|停车证|打印机|网络维护|办公室|党课|学习|考试|考核表|发票|报销|快递|生日|聚会|参会|座位|会场|议程|讲话稿|名单|通讯录|群名|群昵称|邮箱|文号/.test(
    text,
  );
