/** The words of the field: what staff write for platforms, figures, labels, categories. Data only; patterns live with their parsers. */

import type { Category, Level } from "./types.ts";

/** Words by which a platform is named. Short Latin words count only as whole words. */
export const PLATFORM_WORDS: readonly (readonly [platform: string, words: readonly string[]])[] = [
  ["抖音", ["抖音", "抖音号", "DY", "dy", "douyin"]],
  ["快手", ["快手", "KS"]],
  ["微博", ["微博", "新浪微博", "wb", "WB", "超话"]],
  ["微信公众号", ["公众号", "微信公众号", "公号"]],
  ["微信视频号", ["视频号", "微信视频号"]],
  ["微信群", ["微信群", "家长群", "业主群", "居民群", "村民群", "同学群", "班级群", "好几个群", "多个群", "各种群"]],
  ["微信朋友圈", ["朋友圈"]],
  ["小红书", ["小红书", "xhs", "XHS", "小红薯"]],
  ["今日头条", ["头条号", "今日头条", "头条"]],
  ["哔哩哔哩", ["B站", "b站", "哔哩哔哩", "BV号", "bilibili"]],
  ["知乎", ["知乎"]],
  ["百度贴吧", ["贴吧", "百度贴吧"]],
  ["论坛", ["论坛", "本地论坛", "bbs", "BBS"]],
  ["12345热线", ["12345", "市长热线", "政务热线", "政府热线"]],
  [
    "领导信箱",
    ["县长信箱", "区长信箱", "市长信箱", "书记信箱", "省长信箱", "领导信箱", "领导留言板", "留言板", "网络问政"],
  ],
  [
    "新闻媒体",
    [
      "央视",
      "新华社",
      "人民网",
      "澎湃",
      "日报",
      "晚报",
      "都市报",
      "晨报",
      "新京报",
      "电视台",
      "卫视",
      "新闻网",
      "中新网",
      "中新社",
      "央广网",
      "光明网",
      "财新",
      "第一财经",
      "凤凰网",
      "红星新闻",
      "极目新闻",
      "封面新闻",
      "九派新闻",
      "上游新闻",
      "大河报",
      "界面新闻",
      "中国青年报",
    ],
  ],
  [
    "上级转办",
    [
      "省府办转",
      "国办督办",
      "市府办转",
      "省政府办公厅转",
      "市政府办公室转",
      "转办单",
      "督办件",
      "督办函",
      "督办单",
      "交办件",
      "交办单",
      "转办件",
    ],
  ],
  ["X(境外)", ["X平台", "推特", "Twitter", "twitter"]],
  ["来电来访", ["来电", "来访", "电话反映", "上门反映"]],
];

/** Hosts of platforms; a subdomain counts. */
export const PLATFORM_HOSTS: readonly (readonly [host: string, platform: string])[] = [
  ["v.douyin.com", "抖音"],
  ["douyin.com", "抖音"],
  ["iesdouyin.com", "抖音"],
  ["v.kuaishou.com", "快手"],
  ["kuaishou.com", "快手"],
  ["weibo.com", "微博"],
  ["weibo.cn", "微博"],
  ["m.weibo.cn", "微博"],
  ["t.cn", "微博"],
  ["mp.weixin.qq.com", "微信公众号"],
  ["channels.weixin.qq.com", "微信视频号"],
  ["xiaohongshu.com", "小红书"],
  ["xhslink.com", "小红书"],
  ["toutiao.com", "今日头条"],
  ["bilibili.com", "哔哩哔哩"],
  ["b23.tv", "哔哩哔哩"],
  ["zhihu.com", "知乎"],
  ["tieba.baidu.com", "百度贴吧"],
  ["liuyan.people.com.cn", "领导信箱"],
  ["people.com.cn", "新闻媒体"],
  ["thepaper.cn", "新闻媒体"],
  ["xinhuanet.com", "新闻媒体"],
  ["news.cn", "新闻媒体"],
  ["cctv.com", "新闻媒体"],
  ["cnr.cn", "新闻媒体"],
  ["gmw.cn", "新闻媒体"],
  ["chinanews.com", "新闻媒体"],
  ["chinanews.com.cn", "新闻媒体"],
  ["bjnews.com.cn", "新闻媒体"],
  ["caixin.com", "新闻媒体"],
  ["yicai.com", "新闻媒体"],
  ["jiemian.com", "新闻媒体"],
  ["ifeng.com", "新闻媒体"],
  ["x.com", "X(境外)"],
  ["twitter.com", "X(境外)"],
];

/** Platforms whose posts have no public link: none is asked for. */
export const LINKLESS_PLATFORMS: ReadonlySet<string> = new Set([
  "微信群",
  "微信朋友圈",
  "12345热线",
  "领导信箱",
  "上级转办",
  "来电来访",
]);

export type Metric = "views" | "likes" | "comments" | "shares" | "recommends" | "liveViewers" | "calls";

export const METRIC_WORDS: Readonly<Record<Metric, readonly string[]>> = {
  views: ["播放", "阅读", "浏览", "点击", "观看", "话题阅读", "点播", "围观", "👁"],
  likes: ["点赞", "获赞", "赞", "👍", "❤"],
  comments: ["评论", "回复", "跟帖", "讨论", "留言", "评", "💬", "回帖"],
  shares: ["转发", "分享", "转载", "转", "🔁"],
  recommends: ["在看", "推荐"],
  liveViewers: ["直播间在线", "直播在线", "在线峰值", "同时在线", "在线", "观看峰值"],
  calls: ["来电", "工单", "投诉件", "诉求件", "诉求", "话务"],
};

export type FieldKey =
  | "title"
  | "platform"
  | "account"
  | "url"
  | "detectedAt"
  | "surfacedAt"
  | "occurredAt"
  | "time"
  | "snapshotAt"
  | "place"
  | "units"
  | "category"
  | "level"
  | "heat"
  | "casualties"
  | "summary"
  | "suggestion"
  | "limit"
  | "reporter"
  | "reporterUnit"
  | "reporterPhone"
  | "attachments";

/** Labels of 字段：值 reports. */
export const FIELD_LABELS: Readonly<Record<FieldKey, readonly string[]>> = {
  title: ["标题", "题目", "事由", "舆情标题", "主题", "事件名称"],
  platform: ["来源", "来源平台", "平台", "渠道", "信息来源", "来源渠道", "舆情来源", "首发平台"],
  account: ["账号", "发布账号", "首发账号", "博主", "作者", "发帖人", "发布者"],
  url: ["链接", "网址", "地址", "原文", "原文链接", "原文地址", "视频链接", "帖子链接"],
  detectedAt: ["发现时间", "监测时间", "发现", "监测发现时间"],
  surfacedAt: [
    "发布时间",
    "首发时间",
    "发帖时间",
    "首发",
    "曝光时间",
    "上传时间",
    "来信时间",
    "来电时间",
    "留言时间",
    "投诉时间",
    "反映时间",
  ],
  occurredAt: ["发生时间", "事发时间", "事件时间", "案发时间"],
  time: ["时间"],
  snapshotAt: ["统计时间", "数据截止", "数据截至", "截止时间"],
  place: ["涉事地", "涉事地点", "地点", "地区", "属地", "发生地", "事发地点", "涉及地区", "发生地点"],
  units: ["涉事单位", "责任单位", "单位", "涉及单位", "涉事部门", "责任部门", "主管部门"],
  category: ["类别", "类型", "舆情类别", "舆情类型", "事件类型"],
  level: ["等级", "级别", "舆情等级", "舆情级别", "建议等级"],
  heat: ["热度", "数据", "传播量", "传播数据", "传播情况", "互动数据"],
  casualties: ["伤亡", "伤亡情况", "人员伤亡"],
  summary: [
    "摘要",
    "内容",
    "概况",
    "基本情况",
    "主要内容",
    "内容摘要",
    "情况",
    "舆情概况",
    "事件概况",
    "简要情况",
    "简述",
  ],
  suggestion: ["建议", "处置建议", "工作建议", "意见建议"],
  limit: ["时限", "办理时限", "反馈时限", "要求时限", "要求"],
  reporter: ["报告人", "报送人", "上报人", "填报人", "联系人", "报送", "报"],
  reporterUnit: ["报送单位", "报告单位", "上报单位", "填报单位"],
  reporterPhone: ["联系电话", "联系方式", "电话", "手机", "TEL", "Tel", "tel"],
  attachments: ["附件"],
};

/** Pictures that stand for a label and need no colon. */
export const FIELD_EMOJI: Readonly<Record<string, FieldKey>> = {
  "📌": "title",
  "🔗": "url",
  "📍": "place",
  "👤": "reporter",
  "🏢": "units",
  "⏰": "time",
  "🕐": "time",
  "🕒": "time",
  "📅": "time",
  "📱": "platform",
  "📊": "heat",
  "🔥": "heat",
  "📝": "summary",
  "💡": "suggestion",
};

/** 五类重点回应: the short words of the office and the phrases of 国办发〔2016〕61号 part two. */
export const CATEGORY_WORDS: readonly (readonly [Category, RegExp])[] = [
  ["policy-misread", /误解误读|误读|政策误解|重大政策/],
  ["vital-interest", /切身利益/],
  ["moral-bottom-line", /道德底线/],
  ["emergency-disaster", /突发事件|自然灾害|突发灾害|突发/],
  ["superior-required", /上级要求|上级政府要求|上级交办/],
  ["none", /非重点/],
];

/** 舆情等级 as offices write it. */
export const LEVEL_WORDS: readonly (readonly [Level, RegExp])[] = [
  ["I", /特别重大|特大|^(?:I|Ⅰ|1|一)(?:级|$)/],
  ["III", /较大|^(?:III|Ⅲ|3|三)(?:级|$)/],
  ["II", /重大|^(?:II|Ⅱ|2|二)(?:级|$)/],
  ["IV", /一般|^(?:IV|Ⅳ|4|四)(?:级|$)/],
];

/** Topics that suggest a category; a person decides. */
export const CATEGORY_HINTS: readonly (readonly [Category, RegExp])[] = [
  [
    "emergency-disaster",
    /起火|着火|失火|火灾|爆炸|爆燃|坍塌|塌陷|垮塌|坠崖|坠楼|跳楼|轻生|自杀|坠河|车祸|相撞|追尾|侧翻|碰撞|交通事故|翻车|落水|溺水|溺亡|踩踏|拥挤|持刀|砍伤|砍人|行凶|斗殴|洪水|山洪|暴雨|内涝|泥石流|滑坡|塌方|决堤|地震|台风|矿难|透水|冒顶|泄漏|泄露事故|中毒|疫情|暴发|劫持|纵火|死亡|遇难|身亡|受伤|失联|失踪|被困|死鱼|伤亡/,
  ],
  [
    "vital-interest",
    /停水|断水|供水|自来水|停电|断电|供电|停气|燃气|供暖|供热|取暖|暖气|不热|异味|发黄|臭味|污染|扬尘|噪音|死鱼|废水|黑烟|征地|补偿|拆迁|安置|烂尾|交房|房产证|物业|欠薪|讨薪|工资|农民工|医保|社保|养老金|退休|学区|入学|课后服务|校车|食堂|学费|收费|乱收|涨价|强制|消费|门票|宰客|假货|食品|霉|变质|路灯|公交|停车|罚款|塌陷|疫苗|看病|挂号|急诊|医院|菜市场|补贴|低保/,
  ],
  [
    "moral-bottom-line",
    /虐|打老人|殴打|猥亵|性侵|强奸|霸凌|欺凌|体罚|发霉|霉变|变质|假药|毒|地沟油|克扣|冒领|贪污|吃拿卡要|拒诊|拒收|见死不救|嫖|出轨|作风/,
  ],
  [
    "policy-misread",
    /(?:网传|听说|据说|传言|误读|误解|以为|谣传|盛传|传(?=今年|明年|下月)).{0,30}(?:政策|取消|强制|一律|全部|全家|捆绑|限购|新规|改革|医保|社保|退休|学区|征收|收税|个税|补贴|合并|撤并|停办|禁止)/s,
  ],
];

/** Somebody tells of something grave that has happened, in the words of people who saw it. */
const GRAVE =
  /(?<!天)塌了|(?<![网络号话系线据链])断了(?![水电网气])|被埋|埋[住了]|吃坏|拉肚子|上吐下泻|掉(?:下[去来桥河沟坑井楼崖水]|[进到]了?[^，。]{0,4}[河沟坑井水塘渠湖江海崖桥楼])|(?<![要快])[晕昏]倒|打起来|打人|打死(?![我也])|死了?人|出人命|堵(?:路|门)|围堵|聚集|(?<!嗓子|喉咙|头顶)冒烟|浓烟|(?<![区群网气格]都?)炸了|(?<![发高低退])烧(?:了|起来)|[车巴船]翻|(?<!时间|日期|会议?|日子)撞(?:了|上|死|伤|车)|砸[到死伤中]|淹(?:了|死)|没气了/;

/** Does a text tell of an accident, a disaster or a crowd? Enough to ask whether it is a report, and no more. */
export const tellsOfTrouble = (text: string): boolean =>
  GRAVE.test(text) || CATEGORY_HINTS.some(([category, words]) => category === "emergency-disaster" && words.test(text));
