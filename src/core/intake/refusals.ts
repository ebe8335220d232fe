import type { Refuse } from "./types.ts";

/** What the bot is asked to do and never does (个人信息保护法 第6条, 保密法 第29条; the office answers, it does not hide). */
export type Declined = "profiling" | "takedown" | "publishing" | "abuse" | "eavesdropping";

export interface DeclinedAsk {
  what: Declined;
  /** The text without the clauses that ask for it: what may still be a report. */
  rest: string;
}

const SAID_BY_PUBLIC =
  /(?:网友|网民|群众|家长|村民|业主|居民|当事人|有人|市民|学生|消费者|顾客|用户|博主|媒体|记者|店主|老师|女子|男子)[^，。]{0,10}?(?:称|说|反映|质疑|投诉|举报|表示|爆料|吐槽|担心|抱怨|要求|怀疑|指责|曝|呼吁|被|遭|威胁|扬言|骂)|[被遭](?!.{0,6}吗$)[^，。]{0,10}(?:删|封|屏蔽|下架|限流|人肉|开盒|禁言|骂|威胁|辱骂|曝光|扒)|疑似|涉嫌|涉及|关于|网传|曝|进行人肉|(?:网友|网民|有人|不少人|多人|粉丝|账号|自媒体)(?:们|在[^，。]{1,8})?[^，。]{0,4}(?:人肉|扒|开盒|组织|雇|买|带节奏)|(?:企业|公司|商家|店家|校方|学校|物业|开发商|医院|村里|酒店)[^，。]{0,8}(?:请|让|要求|找|逼|强迫|花钱)[^，。]{0,12}(?:删|撤|封|屏蔽|下架)/;
const NOT_WANTED =
  /(?:不要|别|勿|严禁|禁止|不得|不能|不会|不许|不准|不应|不该|没有|没|未|从未|并未|是否|有无|有没有|谁|杜绝|防止|避免|预防|打击|整治|谴责)[^，。]{0,8}(?:删|撤|压|封|屏蔽|控评|人肉|开盒|下架|水军|威胁|辱骂|骂)/;
const ALREADY =
  /(?:已|已经|均|自行|主动|自己|刚)(?:被)?(?:平台)?(?:把[^，。]{0,10})?(?:删|下架|屏蔽|撤|封|限流|关闭评论|处置)|(?:删|撤|封|下架|屏蔽)(?:帖|稿|评)?(?:了之|之后|后|的(?:情况|现象|问题|行为|帖子|原因|视频|记录))|(?:为什么|为何|怎么(?!办|才|样|能)|凭什么)[^，。]{0,8}(?:删|撤|封|屏蔽|下架)/;
/** 能不能删, 有没有办法删 ask for it; 没有删, 不能删 do not. */
const POLITE =
  /能不能|可不可以|要不要|是不是(?:可以|能)|有没有(?:办法|法子|途径|渠道|关系|可能|人能|谁能)|有无办法|怎么(?:才能|样才能|能)|如何(?:才能|能)?|可以不可以|行不行/g;

const ASK =
  /帮|麻烦|能否|可否|请|给我|给咱|看看|看到|是不是|了解一下|核一下|查[到出]|弄清|搞清|发我|告我|调一?[份下]|导出|查一?下|查查|去查|搜一?下|搜搜|找一?下|找找|看看能|你能|您能|想知道|打听|赶紧|快点?[把让删查找]|想办法|尽快|马上|立即|立刻|设法|需要你|你(?:来|去|把|查|写)|告诉我|替|把|让|叫|联系|协调|找|通知/;

const ONLINE =
  /帖|视频|影片|文章|链接|话题|热搜|热度|热榜|评论|弹幕|笔记|账号|号主|微博|抖音|快手|小红书|公众号|推文|负面|这条(?!路|街|河|线|沟|规定)|那条(?!路|街|河|线|沟|规定)|差评|舆论|直播间|稿子(?!第)|博主|楼主|号主|截图|网上的?|爆料/;
/** These say by themselves what is wanted. */
const HIDING =
  /删(?:帖|评|稿|差评)|[控空]评|水军|五毛党|(?:撤|压|降|买|刷|花钱)[^，。]{0,3}热[搜度榜]|压舆情|压舆论|(?:封|禁)(?:掉|了)?(?:他|她|它|这个|那个)?(?:的)?(?:号(?!码|线|楼)|账号)|禁(?:他|她)?言|沉帖|刷(?:点|些|一波)?(?:好评|正评|评论|正面|屏)|控[^，。]{0,2}评(?!价|定|估)|(?:清(?:理|除|零)|清)(?:网上的?)?负面|负面(?:信息|帖子|评论|内容)?(?:清|压)(?:理|零|除|一)|(?:舆情|舆论|热度)[^，。]{0,3}(?:压(?:一压|一下|下|住)|降(?:一降|一下|下))|软处理|关(?:闭|掉|了)?评论|引导(?:一下)?(?:评论|舆论|风向)|带(?:一下|一波|带)?节奏|顶帖|灌水|洗地|洗白|(?:别|不要|不)让[^，。]{0,8}上热搜/;
/** These say it of something online. */
const REMOVING =
  /删|撤(?!离|回|销)|下架|屏蔽|封(?:了|掉|禁|杀|一下)|压(?:下|住|一压|一下|压)|沉(?:下|了|到)|限流|消失|弄(?:没|掉|下)|搞(?:掉|没|下)|处理掉|拿(?:掉|下)|清(?:掉|理|除|空)|摆平|隐藏|盖(?:住|下去|过去)|冲(?:掉|下去)|顶(?:下去|掉|上来)|404|拦(?:下|住)|别推|(?:不让|不给|别让|别叫)[^，。]{0,8}(?:看到|看见|发|传|转)|降(?:下来|一降|降)|捂/;
const DIRECTLY =
  /^(?:赶紧|快点?|马上|立即|先|都)?(?:把[^，。]{0,8})?(?:删|撤)(?:了|掉|除|了它|掉它)?(?:吧|吗|呗|啊)?[。!！?？]*$/;
const STARTS_REMOVING = /^(?:删|撤(?!回|离|销)|屏蔽|下架|封)(?:除|掉|了)?/;
const STARTS_ASKING = /^(?:请|把|帮|麻烦|赶紧|快|让|想办法|找|联系|协调)/;
/** Cutting a paragraph, withdrawing a notice, recalling goods. */
const ORDINARY_OBJECT =
  /材料|稿子第|初稿|段(?:话|落)?|(?:几|两|个)字|错别字|标点|表格|名单|附件|PPT|文件夹|群文件|纪要|报告里|通稿|产品|食品|商品|奶粉|药品|药|批次|菜品|超市|门店|菜市场|路段|道路|路口|大桥|小区|校园|工地|车间|展板|横幅|文件|议程|会议|日程|火势|价格|公告栏|重复(?:项|的)|自己(?:发|的)|我(?:刚)?发(?:的|错)|群里/;

const SOMEBODY =
  /发帖(?:人|者|的)|发[^，。]{0,8}的人|网名|发视频的|发布者|博主|楼主|网友|网民|号主|账号|账户|[这那]个[^，。]{0,3}号(?!码|楼|线|文)|(?:这|那)个?(?:人|家伙|女的|男的|小子|老师)|他|她|当事人|爆料(?:人|者|的)|拍(?:视频|摄)(?:的|者)|拍的|评论(?:的人|者|区)|带头(?:的|人|闹)|举报人|投诉人|反映人|上访|信访人|群主|粉丝|刁民|喷子|键盘侠|谁(?:发|拍|传|写|爆|曝|评|举报|投诉)/;
const IDENTITY =
  /是谁|谁(?:发|拍|传|写|爆|曝|评|举报|投诉)(?:的|出来|上去|到网上)|什么人|啥人|何许人|叫(?:什么|啥)|姓名|名字|真名|真人|真实(?:身份|姓名)|(?:真实|实名|个人|身份|注册|网[友民]|发帖[人者]|博主|楼主|他|她)的?(?:信息|资料)|实名|身份(?:信息)?|身份证|住(?:哪|在哪|什么地方|址)|家在哪|哪里人|哪个(?:村|单位|小区|学校|公司)(?:的|上班|工作|上学|住|$)|家庭(?:住址|情况|成员|背景)|家里(?:几口|什么|有谁|人)|手机号?|电话(?:号码)?|联系方式|微信号|工作单位|在哪(?:儿|里)?(?:上班|工作|上学|住)|干(?:什么|啥|嘛)的|职业|以前(?:还|都)?(?:发|说|干)过|历史(?:发帖|评论|记录|言论)|过往|(?:上访|犯罪|违法|就医|开房)(?:史|记录)|发过(?:啥|什么|哪些)|黑历史|底细|来头|来历|背景|社会关系|关系网|轨迹|行踪|户籍|户口|前科|案底|IP|ip|定位|机主|车主|照片|长(?:什么样|啥样)/;
const HUNTING =
  /人肉(?!搜索(?:店|当事|他人|受害))|开盒|查水表|起底|扒(?:一扒|一下|扒|皮|出|光)|摸(?:清|一下)?(?:他|她|发帖人|博主|网友|对方)?[^，。]{0,4}底(?!线)|摸排(?:发帖|网友|博主|带头|上访)|锁定(?:发帖|博主|网友|账号主|这个人)|人脸(?:识别|比对)|(?:查|调|要|拿|追|找)[^，。]{0,8}(?:IP|ip)(?:地址|归属)?|(?:盯|看)(?:住|紧|着)(?:他|她|这个(?:人|博主|网友|账号)|发帖|博主)|监控(?:他|她|这个|发帖|博主)|画[个张]?像|(?:揪|挖|找|查)出?(?:来)?(?:是)?谁(?:发|拍|传|写|爆|曝|举报|投诉)/;
const RANKING =
  /(?:列|拉|建|搞|整理|做|弄|汇总|出|形成|标)(?:一?个|个|一份|份|一下|成|出)?[^，。]{0,10}(?:重点人|黑名单|稳控|敏感人员|(?:网友|网民|发帖人?|评论|上访|带头|信访)[^，。]{0,8}(?:名单|台账|清单|档案|库))|(?:(?:网友|网民|发帖(?:人|的)?|博主|粉丝|上访|信访|评论)[^，。]{0,12}|每个人?[^，。]{0,6}|(?:给|对|把|按)(?:他们?|她们?|这些人|这个人)[^，。]{0,8})(?:重点人|黑名单|打分|评分|打个分|分级|分等|排个?名|排序|画像|打(?:上)?标签|贴标签|建档|情绪分|危险(?:程度|等级))|带头(?:的|闹|发)?[^，。]{0,8}(?:名单|重点人)|(?:名单|重点人)[^，。]{0,6}(?:带头|发帖|上访)|[把将][^，。]{0,6}(?:上访|信访|闹|带头|维权|发帖|评论|举报|投诉)[^，。]{0,6}(?:人|户|者|号)[^，。]{0,6}(?:列|拉|建|搞|整理|做|弄|排)[^，。]{0,4}(?:名单|档案|序|名次)/;
/** Our own people and our own papers are no citizens. */
const OUR_PEOPLE =
  /联络员|值班|承办|分管|负责人|局长|主任|科长|牵头|签收|签发|发布员|审核|我们局|通报|公告|通知|热线|打(?:个|一下|下)?电话|回(?:个|一下)?电话|去(?:个)?电话|电话(?:回访|联系|沟通|通知|核实)|官方(?:账号|媒体)|媒体(?:账号)?[吗？?]|认证|家属(?:的)?情绪|伤情|病情/;

const CHANNEL =
  /政府(?:门户)?网站?|官网|门户|公众号|官微|微博|抖音|官方(?:账号|号|微博|微信)|视频号|头条|政务(?:新媒体|号)|网上|对外|评论|留言|网友|发布厅|新闻发布|媒体/;
const PUBLISHING =
  /(?:帮|替|给)(?:我们?|咱们?|局里|县里)?[^，。]{0,12}(?:发(?:布|到|出|上|一[条份]|个|一下|送)|推送|同步到|回复|转发到)|自动(?:发|推送|回复|同步)|一键(?:发布|群发|推送)|直接(?:发布|发到|发在|发上|发出|推到|推送|挂到|上传到?|同步)|(?:你|机器人)(?:来|去|直接|负责|能|可以|帮忙)?(?:把[^，。]{0,10})?(?:发布|发到|发出|推送|挂到|回复|登录)|定时(?:发布|发到|推送)/;
const ABUSING =
  /(?:写|拟|起草|编|发|来|想|生成)(?:一?[条段篇份个句]|几[条句段]|点|些|个)?[^，。]{0,14}(?:骂|怼|威胁|恐吓|吓唬|吓一?吓|警告(?:他|她|网友|发帖|博主|楼主)|辱骂|嘲讽|讽刺|侮辱|羞辱|反击|回怼|喷)|(?:帮|替|给)(?:我们?|咱们?)?(?:去|来)?(?:好好|狠狠)?(?:骂|怼|喷|吓唬|吓吓|威胁|教训)|(?:骂|怼|喷|吓唬|威胁|教训)(?:一下|一顿|死|回去)?(?:他|她|它|他们|[这那]个(?:人|网友|博主|键盘侠|喷子)|网友|发帖人|博主|楼主|键盘侠|喷子|刁民|回去)/;
const PRIVATE_GROUP =
  /(?:潜|混|加|进|打入|卧底|潜伏|监控|监听|监看|盯|偷看|潜水)(?:入|进|到|着|住)?[^，。]{0,8}?(?:业主|家长|维权|居民|村民|员工|私|微信|QQ|他们(?:的)?)群|他们(?:的)?群里?[^，。]{0,4}(?:聊|说|讨论)|聊天记录[^，。]{0,4}(?:导|调|拿|抓|发我)|(?:看看|看到|查看|看一下|导出|抓取|爬|调取|翻)[^，。]{0,8}(?:群聊|聊天记录|私信|群消息|朋友圈)/;

/** Is this clause a request at all, rather than what the public says or what happened? */
function isRequest(clause: string): boolean {
  return !SAID_BY_PUBLIC.test(clause) && !NOT_WANTED.test(clause) && !ALREADY.test(clause);
}

const LOOK_UP =
  /^(?:你|您|请|麻烦|快|赶紧)?(?:帮|给|替)?(?:我|我们|忙)?(?:去|再)?(?:查|找|搜|打听|摸|问)(?:查|找|一?下|到|出来|清楚)?|打听|报(?:给|来)|告诉我|^帮忙|^给我/;

/** @param topic what the sentence is about, where the clause only says 把它删了 */
function declinedIn(said: string, topic: string): Declined | null {
  const text = said.replace(POLITE, "请");
  if (PRIVATE_GROUP.test(text) && !/^(?:网友|家长|业主|居民|群众|有人)/.test(text)) return "eavesdropping";
  if (!isRequest(text)) return null;
  const asks = ASK.test(text);
  if (RANKING.test(text)) return "profiling";
  if (HUNTING.test(text) && !/(?:如何|怎样)(?:防范|避免)|反人肉/.test(text)) return "profiling";
  if (IDENTITY.test(text) && !OUR_PEOPLE.test(text)) {
    if (SOMEBODY.test(text) && (asks || /[?？吗呢]$|是谁|谁(?:发|拍)/.test(text))) return "profiling";
    if (SOMEBODY.test(topic) && (asks || ASK.test(topic) || /多少|[?？吗]$/.test(text))) return "profiling";
  }
  // 这人在哪上班，给我查查: who is asked after stands in the clause before the request.
  if (LOOK_UP.test(text) && SOMEBODY.test(topic) && IDENTITY.test(topic) && !OUR_PEOPLE.test(topic) && isRequest(topic))
    return "profiling";
  if (ABUSING.test(text)) return "abuse";
  const short = text.length <= 14;
  if (HIDING.test(text) && (asks || short)) return "takedown";
  if (!ORDINARY_OBJECT.test(text)) {
    if (REMOVING.test(text) && ONLINE.test(text) && (asks || (short && STARTS_REMOVING.test(text)))) return "takedown";
    if (
      REMOVING.test(text) &&
      ONLINE.test(topic) &&
      (STARTS_ASKING.test(text) || (ASK.test(topic) && isRequest(topic)))
    )
      return "takedown";
    if (DIRECTLY.test(text)) return "takedown";
  }
  if (PUBLISHING.test(text) && CHANNEL.test(text) && !/发布员|审核后|签发后|宣传部/.test(text)) return "publishing";
  return null;
}

const CLAUSE = /[^，,。；;！!？?\n]+[，,。；;！!？?\n]*/g;

/** The first thing in the text that the bot is asked to do and does not; null for reports that only speak of such things. */
export function declinedAsk(text: string): DeclinedAsk | null {
  let what: Declined | null = null;
  let rest = "";
  let before = "";
  for (const [clause] of text.matchAll(CLAUSE)) {
    const found = declinedIn(clause.replace(/[，,。；;！!\n\s]+$/, "").trim(), before);
    if (found === null) rest += clause;
    what ??= found;
    before = clause;
  }
  return what === null ? null : { what, rest: rest.trim() };
}

const REASONS: Readonly<Record<Declined, Refuse["reason"]>> = {
  profiling: "profiling-individual",
  takedown: "out-of-scope",
  publishing: "out-of-scope",
  abuse: "out-of-scope",
  eavesdropping: "out-of-scope",
};

const REPLIES: Readonly<Record<Declined, string>> = {
  profiling: "不提供对个人的身份查询或画像；涉嫌违法的按规定移交公安机关、网信部门",
  takedown: "机器人不办理删帖；可选：发布权威信息澄清/移交线索/依法向平台投诉（由法务人员办理）",
  publishing: "机器人不对外发布；请由发布员经保密审查、签发后发布，再用〔回应〕登记链接",
  abuse: "机器人不起草辱骂、威胁的内容；可选：用事实回应关切/涉嫌违法的保全证据后移交线索",
  eavesdropping: "机器人不进入、不查看他人的群聊和私信；可选：请群内人员把反映的问题报来，用〔上报〕登记",
};

const SECRET_REPLY = "该消息疑似带密级标志，机器人不接收、不存储、不转发，请立即撤回并报告本单位保密机构";

/** A refusal with the lawful alternative. */
export function refusalOf(what: Declined): Refuse {
  return { kind: "refuse", reason: REASONS[what], store: true, reply: REPLIES[what] };
}

/** Nothing of a message with a secrecy marking is stored. */
export const SECRET_REFUSAL: Refuse = { kind: "refuse", reason: "secret-marker", store: false, reply: SECRET_REPLY };

const OFFLINE: readonly (readonly [name: string, words: RegExp])[] = [
  [
    "民族宗教",
    /民族(?:矛盾|纠纷|冲突|关系|团结|歧视)|宗教(?!事务局|局)|清真|寺(?:庙|院)|教堂|信众|教徒|信教|佛教|道教|伊斯兰|基督教|天主教|穆斯林|阿訇|僧人|邪教|法轮功/,
  ],
  [
    "涉军",
    /涉军|军队|部队|驻军|军人(?!事务)|现役|官兵|武警(?!医院)|军营|军事|军车|军用|退役军人(?!事务(?:局|部门))|军属|民兵|征兵|营区/,
  ],
  [
    "涉外",
    /涉外|外籍|外国(?:人|游客|公民|留学生|媒体|记者|使)|外交|使领?馆|领事|境外(?:媒体|人员|势力|组织|记者)|外媒|留学生/,
  ],
];

/** Matters whose content is not handled in a chat: 民族宗教, 涉军, 涉外. The clock runs all the same. */
export function offlineMatterOf(text: string): string | null {
  return OFFLINE.find(([, words]) => words.test(text))?.[0] ?? null;
}
