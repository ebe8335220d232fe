import { describe, expect, it } from "vitest";
import type { ParseInput } from "#core/intake/types.ts";
import { SENDERS, take, wrongFields } from "./support.ts";

type Message = [text: string, expected: Record<string, unknown>, input?: Partial<ParseInput>];

const at = (value: string, text: string, more: object = {}) => ({
  text,
  value: `2026-${value}:00+08:00`,
  precision: "minute",
  approx: false,
  ...more,
});
const range = (from: string, to: string, text: string, more: object = {}) => ({
  text,
  value: `2026-${from}:00+08:00`,
  from: `2026-${from}:00+08:00`,
  to: `2026-${to}:00+08:00`,
  precision: "range",
  approx: true,
  ...more,
});
const day = (date: string, next: string, text: string, more: object = {}) =>
  range(`${date}T00:00`, `${next}T00:00`, text, { precision: "day", approx: false, ...more });

/** Messages as staff type them, received on Friday 20 November 2026 at 10:00 unless said otherwise. */
const REPORTS: Message[] = [
  [
    "听说咱们县明年医保要强制全家捆绑参保，抖音上好几个视频在传，最火那个点赞2.3万，老百姓都在骂，省医保局的政策到底咋规定的？",
    {
      platforms: ["抖音"],
      places: [{ text: "咱们县", code: "990121" }],
      heat: { likes: { value: 23000, op: "=" } },
      units: [],
      flags: ["policy-owner:province"],
      missing: ["units", "url"],
    },
  ],
  [
    "昨晚9点，网友@大山的孩子发微博称白水县青山镇养猪场污染水源，转发1.1k",
    {
      account: "大山的孩子",
      places: [{ text: "白水县青山镇", code: "990122" }],
      surfacedAt: at("11-19T21:00", "昨晚9点"),
      flags: [],
    },
  ],
  [
    "账号@abc_news发布云川市工厂停工视频，转发1200",
    { account: "abc_news", places: [{ text: "云川市", code: "990100" }] },
  ],
  ["城关镇菜市场这边塌了一块，压到人了，120来了", { flags: ["emergency"] }],
  [
    "今天早上7点多，白水县化工园区一企业爆炸，现场黑烟滚滚，目前3人失联、2人受伤，园区周边群众正在疏散。微博、抖音均有视频，链接https://weibo.com/123/abc、https://v.douyin.com/xyz/。白水县应急管理局、生态环境分局已到场",
    {
      platforms: ["微博", "抖音"],
      urls: ["https://weibo.com/123/abc", "https://v.douyin.com/xyz/"],
      occurredAt: at("11-20T07:00", "今天早上7点多", { approx: true }),
      places: [{ text: "白水县化工园区", code: "990122" }],
      units: ["白水县应急管理局", "生态环境分局"],
      casualties: { status: "stated", dead: null, injured: 2, missing: 3 },
      flags: ["emergency"],
      missing: [],
      needsConfirm: [],
    },
    { sender: SENDERS.baishui },
  ],
  [
    "网传“石门镇客车坠崖死了20人”，经核实是2023年外地的旧视频，不实，微信群和朋友圈转得多",
    {
      platforms: ["微信群", "微信朋友圈"],
      places: [{ text: "石门镇", code: "990121" }],
      casualties: null,
      flags: ["old-footage", "rumour"],
      missing: ["units"],
    },
  ],
  [
    "昨夜今晨我县普降暴雨，云岭乡、石门镇转移群众426人，暂无人员伤亡报告。",
    {
      occurredAt: range("11-19T20:00", "11-20T10:00", "昨夜今晨"),
      casualties: { status: "unverified", dead: null, injured: null },
      places: [
        { text: "云岭乡", code: "990121" },
        { text: "石门镇", code: "990121" },
      ],
      flags: ["emergency"],
      needsConfirm: ["occurredAt", "casualties"],
    },
  ],
  [
    "12345热线昨天接到来电37件，集中反映城关镇菜市场周边停车乱收费，工单号QY20261118001",
    {
      platforms: ["12345热线"],
      heat: { calls: { value: 37, op: "=" } },
      places: [{ text: "城关镇菜市场", code: "990121" }],
      pii: [],
      missing: ["units"],
      summaryContains: ["QY20261118001"],
    },
  ],
  [
    "幸福里小区业主群里有人号召周四上午去县政府门口讨说法，要求退物业费",
    {
      platforms: ["微信群"],
      plannedAt: range("11-26T08:00", "11-26T12:00", "周四上午"),
      occurredAt: null,
      places: [{ text: "幸福里小区", code: "990121" }],
      flags: ["gathering-risk"],
    },
  ],
  [
    "那个啥就是昨天下午嗯大概三点来钟吧咱们县人民医院急诊有个孕妇等了两个小时没人管后来家属发了个抖音现在点赞得有五六千了吧评论一千多都在骂医院",
    {
      platforms: ["抖音"],
      occurredAt: at("11-19T15:00", "昨天下午嗯大概三点来钟", { approx: true }),
      heat: { likes: { value: 5000, op: "≈" }, comments: { value: 1000, op: ">=" } },
      units: ["县人民医院"],
      flags: ["health"],
    },
  ],
  [
    "30日晚云溪镇一烟花店起火，火已扑灭，一人轻伤。快手播放十来万",
    {
      platforms: ["快手"],
      occurredAt: range("12-30T18:00", "12-31T00:00", "30日晚"),
      heat: { views: { value: 100000, op: "≈" } },
      casualties: { status: "stated", dead: null, injured: 1, note: "轻伤" },
      places: [{ text: "云溪镇", code: "990122" }],
      flags: [],
    },
    { receivedAt: "2027-01-02T08:00:00+08:00", sender: SENDERS.baishui },
  ],
  [
    "县长信箱收到群众来信，反映云岭乡征地补偿款三年没发，要求15个工作日内答复",
    {
      platforms: ["领导信箱"],
      requestedLimit: { value: 15, unit: "workingDay" },
      flags: [],
      unitSuggested: ["zrzy"],
      missing: ["units"],
    },
  ],
  [
    "【紧急】石桥县青溪镇山体滑坡，大前天傍晚发生，4人遇难，1人失踪，直接经济损失约1200万元。央视新闻已报道 https://news.cctv.com/2026/1.shtml",
    {
      title: null,
      platforms: ["新闻媒体"],
      occurredAt: range("11-17T17:00", "11-17T19:00", "大前天傍晚"),
      places: [{ text: "石桥县青溪镇", code: "990221" }],
      casualties: { status: "stated", dead: 4, injured: null, missing: 1 },
      eventLevelHint: "III",
    },
  ],
  [
    "上周五(13号)我县一小学学生张小明被同学打伤住院，家长李丽13900001111昨晚在小红书发帖，评论3千+",
    {
      platforms: ["小红书"],
      occurredAt: day("11-13", "11-14", "上周五(13号)"),
      surfacedAt: range("11-19T18:00", "11-20T00:00", "昨晚"),
      heat: { comments: { value: 3000, op: ">=" } },
      pii: [
        { type: "name", masked: "张某" },
        { type: "name", masked: "李某" },
        { type: "phone", masked: "[电话]" },
      ],
      flags: ["health", "minor-context"],
    },
  ],
  [
    "云栖古镇游客爆满，多名游客在小红书吐槽停车2小时、吃饭被宰，#云栖古镇宰客#冲上同城热搜第5，阅读量已破千万",
    {
      platforms: ["小红书"],
      heat: { views: { value: 10_000_000, op: ">=" }, rank: { scope: "同城", pos: 5 } },
      places: [{ text: "云栖古镇", code: "990122" }],
    },
    { sender: SENDERS.baishui },
  ],
  [
    "三天前潭口市与青岩县交界处国道塌方，至今未通，货车司机在抖音直播，在线峰值1.2w",
    {
      occurredAt: day("11-17", "11-18", "三天前", { approx: true }),
      places: [
        { text: "潭口市与青岩县交界处", code: "999001" },
        { text: "潭口市与青岩县交界处", code: "990121" },
      ],
      heat: { liveViewers: { value: 12000, op: "=" } },
      flags: ["emergency", "multi-place"],
    },
  ],
  [
    "网友称其发的帖子被删，质疑青岩县教育局“捂盖子”，还有人要人肉校长，微博转发300+ https://weibo.com/1/2",
    { kind: "report", units: ["青岩县教育局"], unitIds: ["jyj"], heat: { shares: { value: 300, op: ">=" } } },
  ],
  [
    "B站UP主“城市观察”昨天发视频吐槽我区地铁工地夜间施工扰民，播放20.5万，点赞1.1万",
    {
      platforms: ["哔哩哔哩"],
      account: "城市观察",
      surfacedAt: day("11-19", "11-20", "昨天"),
      occurredAt: null,
      heat: { views: { value: 205000, op: "=" }, likes: { value: 11000, op: "=" } },
    },
    { sender: SENDERS.dongling },
  ],
  [
    "头条号“民生在线”11月19日发文称，青岩县烂尾楼业主3年未交房，阅读5.6万，评论1200余条，县住建局已关注。",
    {
      platforms: ["今日头条"],
      account: "民生在线",
      surfacedAt: day("11-19", "11-20", "11月19日"),
      units: ["县住建局"],
      unitIds: ["zjj"],
      heat: { views: { value: 56000, op: "=" }, comments: { value: 1200, op: ">=" } },
      needsConfirm: [],
    },
  ],
  [
    "2月30日我县发生火灾，2人死亡",
    { occurredAt: null, missing: ["platforms", "occurredAt", "units"], eventLevelHint: "IV", flags: ["emergency"] },
  ],
  [
    "发现时间：2026年2月30日 9:00\n标题：县城停水\n平台：抖音",
    { needsConfirm: ["detectedAt"], assumed: ["detectedAt", "reporter"], places: [{ text: "县城", code: "990121" }] },
  ],
  [
    "【转办】市府办转：请核实“金陂市校车超载”一事，3个工作日内书面反馈。抖音视频播放1.1亿",
    {
      platforms: ["上级转办", "抖音"],
      requestedLimit: { value: 3, unit: "workingDay" },
      flags: ["superior-required"],
      heat: { views: { value: 110_000_000, op: "=" } },
      places: [{ text: "金陂市", code: "990181" }],
    },
  ],
  [
    "标题：青岩县第一小学门口积水严重\n来源：快手（账号：青岩大喇叭）\n发现时间：昨天17：45\n首发时间：昨天上午\n属地：青岩县城关镇\n责任单位：城关镇政府、县水务局\n等级：Ⅲ级\n热度：播放1,386，转5赞12\n报送人：赵磊",
    {
      title: "青岩县第一小学门口积水严重",
      platforms: ["快手"],
      detectedAt: at("11-19T17:45", "昨天17：45"),
      surfacedAt: range("11-19T08:00", "11-19T12:00", "昨天上午"),
      places: [{ text: "青岩县城关镇", code: "990121" }],
      units: ["城关镇政府", "县水务局"],
      unitIds: ["cgz", "swj"],
      level: "III",
      heat: {
        views: { value: 1386, op: "=" },
        shares: { value: 5, op: "=" },
        likes: { value: 12, op: "=" },
      },
      reporter: { name: "赵磊", unit: null },
      missing: ["url"],
    },
  ],
  [
    "【标题】西河区供暖温度低\n【来源】微博@西河老张\n【链接】https://weibo.com/9/x（已截图）\n【类别】涉及群众切身利益\n【等级】较大\n【报告人】区住建局 王五",
    {
      title: "西河区供暖温度低",
      platforms: ["微博"],
      account: "西河老张",
      urls: ["https://weibo.com/9/x"],
      category: ["vital-interest"],
      level: "III",
      reporter: { name: "王五", unit: "区住建局" },
      places: [{ text: "西河区", code: "990103" }],
    },
  ],
  [
    "昨天23:40，南湾区一夜市烤串摊煤气罐爆燃，5人受伤，其中2人重伤，视频昨晚12点左右被传到快手、抖音，快手播放6万、抖音播放11.2万",
    {
      occurredAt: at("11-19T23:40", "昨天23:40"),
      surfacedAt: at("11-20T00:00", "昨晚12点左右", { approx: true }),
      casualties: { status: "stated", dead: null, injured: 5, severe: 2 },
      heat: {
        views: { value: 172000, op: "=" },
        byPlatform: { 快手: { views: 60000 }, 抖音: { views: 112000 } },
      },
      places: [{ text: "南湾区", code: "990202" }],
      flags: ["emergency"],
    },
  ],
  [
    "今天9点，工作人员巡网发现知乎有人问“如何看待青岩县取消学区房政策”，浏览8万，https://www.zhihu.com/question/1",
    {
      platforms: ["知乎"],
      detectedAt: at("11-20T09:00", "今天9点"),
      surfacedAt: null,
      occurredAt: null,
      assumed: ["reporter"],
    },
  ],
  [
    "早上6点来钟，S216线青岩段一校车与货车追尾，车上8名学生不同程度受伤，县公安局已到场。家长群在传，有人说死了2个，系谣言。",
    {
      platforms: ["微信群"],
      occurredAt: at("11-20T06:00", "早上6点来钟", { approx: true }),
      places: [{ text: "S216线青岩段", code: "990121" }],
      units: ["县公安局"],
      unitIds: ["gaj"],
      casualties: { status: "stated", dead: null, injured: 8 },
      flags: ["emergency", "minor-context", "rumour"],
    },
  ],
  [
    "3点左右清水河发现死鱼，下游石桥县已派人查看",
    {
      needsConfirm: ["occurredAt", "units"],
      occurredAt: at("11-20T03:00", "3点左右", { approx: true, ambiguous: true }),
    },
  ],
  [
    "请县水务局核实：幸福里小区停水两天了，业主在抖音发视频，转评赞都不高，点赞二十多",
    { units: ["县水务局"], heat: { likes: { value: 20, op: ">=" } }, places: [{ text: "幸福里小区", code: "990121" }] },
  ],
  [
    "青岩县、白水县多地今天上午停气，两县燃气公司互相推诿",
    {
      places: [
        { text: "青岩县", code: "990121" },
        { text: "白水县", code: "990122" },
      ],
      occurredAt: range("11-20T08:00", "11-20T12:00", "今天上午"),
      flags: ["multi-place"],
    },
  ],
  [
    "轉：青岩縣衛健委，網傳縣人民醫院漲價，微信視頻號「健康青岩」昨日發布，點讚３００＋",
    {
      platforms: ["微信视频号"],
      account: "健康青岩",
      surfacedAt: day("11-19", "11-20", "昨日"),
      heat: { likes: { value: 300, op: ">=" } },
      places: [{ text: "青岩县", code: "990121" }],
    },
  ],
  [
    "突发！解放路一饭店煤气泄漏，消防正在处置，暂未接到人员伤亡报告，朋友圈有人发视频",
    {
      platforms: ["微信朋友圈"],
      places: [{ text: "解放路", code: "990102" }],
      casualties: { status: "unverified", dead: null, injured: null },
      flags: ["emergency"],
      missing: ["occurredAt", "units"],
    },
    { sender: SENDERS.dongling },
  ],
  [
    "国家医保局新规被误读，青岩县不少群众听说要停保，纷纷到办事大厅排队，知乎、头条都有讨论",
    { platforms: ["知乎", "今日头条"], flags: ["policy-owner:state-council"] },
  ],
  [
    "柳溪市疾控中心反映，南湾区某幼儿园21名幼儿呕吐腹泻，1例确诊诺如，家长群议论",
    {
      platforms: ["微信群"],
      places: [{ text: "南湾区", code: "990202" }],
      flags: ["emergency", "health", "minor-context"],
    },
    { sender: { name: "周敏", unit: "柳溪市南湾区政府办", jurisdiction: "990202" } },
  ],
  [
    "截至今天9:00，微博话题#青岩停电#阅读3200万、讨论1.8万，最早由@青岩生活圈 11月19日22:10发布",
    {
      platforms: ["微博"],
      heat: {
        views: { value: 32_000_000, op: "=" },
        comments: { value: 18000, op: "=" },
        snapshotAt: "2026-11-20T09:00:00+08:00",
      },
      surfacedAt: at("11-19T22:10", "11月19日22:10"),
      account: "青岩生活圈",
    },
  ],
  [
    "请于今天18:00前反馈白水水库周边养殖污染情况，省督查室已关注",
    {
      requestedDueAt: at("11-20T18:00", "今天18:00"),
      flags: ["superior-required"],
      places: [{ text: "白水水库", code: "990122" }],
      occurredAt: null,
    },
    { sender: SENDERS.baishui },
  ],
  [
    "省教育厅转来网民留言：金陂市某中学违规补课收费，每生800元，请于5个工作日内核实反馈",
    {
      platforms: ["上级转办"],
      requestedLimit: { value: 5, unit: "workingDay" },
      places: [{ text: "金陂市", code: "990181" }],
      flags: ["superior-required"],
      missing: ["units"],
    },
  ],
  [
    "刚才22点多，柳溪市南湾区滨江路一KTV着火，现场浓烟，伤亡情况不清楚，已有网友发抖音，播放过万",
    {
      occurredAt: at("11-20T22:00", "刚才22点多", { approx: true }),
      places: [{ text: "柳溪市南湾区滨江路", code: "990202" }],
      casualties: { status: "unknown", dead: null, injured: null, note: "伤亡情况不清楚" },
      heat: { views: { value: 10000, op: ">=" } },
      flags: ["emergency"],
    },
    { receivedAt: "2026-11-20T23:50:00+08:00" },
  ],
  [
    "【舆情快报】第36期 11月19日22时许，网民“石门老李”在百度贴吧石桥吧发帖《石门镇修路三年修成烂尾路》，截至今日8时，点击4.5万，回复321",
    {
      title: null,
      platforms: ["百度贴吧"],
      account: "石门老李",
      surfacedAt: at("11-19T22:00", "11月19日22时许", { approx: true }),
      places: [{ text: "石门镇", code: "990121" }],
      heat: {
        views: { value: 45000, op: "=" },
        comments: { value: 321, op: "=" },
        snapshotAt: "2026-11-20T08:00:00+08:00",
      },
      needsConfirm: [],
    },
  ],
  [
    "大前天下午5点左右有人在小红书发笔记说云栖古镇民宿偷拍，昨天上午被大V转了，现在5.2w赞 3k评论，笔记链接http://xhslink.com/abc，民宿已停业，派出所在查",
    {
      surfacedAt: at("11-17T17:00", "大前天下午5点左右", { approx: true }),
      occurredAt: null,
      urls: ["http://xhslink.com/abc"],
      heat: { likes: { value: 52000, op: "=" }, comments: { value: 3000, op: "=" } },
      summaryContains: ["3k评论，民宿已停业"],
    },
    { sender: SENDERS.baishui },
  ],
  [
    "青岩县和石桥县交界的清水河大桥昨天傍晚垮塌，目前2死4伤1失联，两县都去人了，微博、抖音、快手都爆了",
    {
      platforms: ["微博", "抖音", "快手"],
      places: [
        { text: "青岩县和石桥县交界的清水河大桥", code: "990121" },
        { text: "青岩县和石桥县交界的清水河大桥", code: "990221" },
      ],
      casualties: { status: "stated", dead: 2, injured: 4, missing: 1 },
    },
  ],
  [
    "农民工在县政府门口聚集讨薪，约60人，拉横幅“还我血汗钱”，今天上午9:20开始，已有人发快手，播放2300",
    {
      occurredAt: at("11-20T09:20", "今天上午9:20"),
      places: [{ text: "县政府门口", code: "990121" }],
      flags: ["gathering-risk"],
    },
  ],
  [
    "白水水库发现一具浮尸，10月28日失踪的15岁男孩王小虎家属已认尸，抖音有人直播，在线人数2.1万",
    {
      occurredAt: null,
      heat: { liveViewers: { value: 21000, op: "=" } },
      pii: [{ type: "name", masked: "王某" }],
      flags: ["emergency", "minor-context"],
    },
    { sender: SENDERS.baishui },
  ],
  [
    "11月20日上午8时15分，石门镇云岭乡交界路段一辆载有43人的旅游大巴侧翻，造成6人死亡、13人受伤（重伤5人）。微博话题#青岩大巴侧翻#阅读量突破2000万",
    {
      occurredAt: at("11-20T08:15", "11月20日上午8时15分"),
      places: [{ text: "石门镇云岭乡交界路段", code: "990121" }],
      casualties: { status: "stated", dead: 6, injured: 13, severe: 5 },
      eventLevelHint: "III",
      heat: { views: { value: 20_000_000, op: ">=" } },
    },
  ],
  [
    "微信好几个群都在传我们县要封城，说县医院有5例新冠，已经问过卫健委，假的，没有的事",
    {
      platforms: ["微信群"],
      units: ["卫健委"],
      needsConfirm: ["units"],
      flags: ["health", "rumour"],
      casualties: null,
    },
  ],
  [
    "县委宣传部已关注：清水河出现死鱼，网友质疑上游偷排，是否为谣言待核，头条阅读1万",
    { units: [], places: [{ text: "清水河", code: "990121" }], flags: [], platforms: ["今日头条"] },
  ],
  [
    "标题：抖音播放3万的停水视频\n平台：抖音、快手\n热度：抖音播放3万，快手播放2万\n涉事地：城关镇",
    { heat: { views: { value: 50000, op: "=" }, byPlatform: { 抖音: { views: 30000 }, 快手: { views: 20000 } } } },
  ],
  [
    "公众号“青岩观察”昨天上午9点推的，说县医院挂号难",
    { account: "青岩观察", surfacedAt: at("11-19T09:00", "昨天上午9点"), occurredAt: null },
  ],
  [
    "网民“小河弯弯”昨日16:20在抖音发的，反映石门镇征地没给钱",
    { account: "小河弯弯", surfacedAt: at("11-19T16:20", "昨日16:20"), occurredAt: null },
  ],
  [
    "快手主播“小河”昨天上午9点开播拍大厅，在线3.2万",
    { account: "小河", surfacedAt: at("11-19T09:00", "昨天上午9点"), occurredAt: null },
  ],
  [
    "半小时前有群众来电，讲城关镇一超市卖的大米有霉味",
    { detectedAt: at("11-20T09:30", "半小时前", { approx: true }), occurredAt: null, surfacedAt: null },
  ],
  [
    "🚨11月19日 21:05 抖音\n📍青岩县城关镇\n📌广场舞音响太吵",
    { detectedAt: at("11-19T21:05", "11月19日 21:05"), occurredAt: null, needsConfirm: ["detectedAt"] },
  ],
  [
    "今天上午大概九点来钟幸福里小区的水管爆了水漫了一条街有业主发了抖音",
    { occurredAt: at("11-20T09:00", "今天上午大概九点来钟", { approx: true }) },
  ],
  [
    "昨晚9点石门镇爆炸，有无伤亡暂无报告，微博有视频",
    { casualties: { status: "unverified", dead: null, injured: null }, needsConfirm: ["casualties"] },
  ],
  ["https://b23.tv/TEST1 各位瞅瞅", { missing: ["summary", "places", "units"], needsConfirm: ["isReport"] }],
];

const OTHERS: Message[] = [
  ["首次回应的48小时从啥时候开始算的？", { kind: "query" }],
  [
    "更正：伤1人（轻伤），不是2人",
    {
      kind: "update",
      ref: "R05",
      action: "correct",
      patch: { casualties: { status: "stated", dead: null, injured: 1, note: "轻伤" } },
    },
    { replyTo: "R05" },
  ],
  [
    "伤1人（轻伤）",
    {
      kind: "update",
      ref: "R05",
      action: "supplement",
      patch: { casualties: { status: "stated", dead: null, injured: 1, note: "轻伤" } },
    },
    { replyTo: "R05" },
  ],
  ["补充 20261120-001：县教育局已派工作组", { kind: "update", ref: "20261120-001", action: "supplement" }],
  ["撤回：刚才那条不是我们县的", { kind: "update", ref: null, action: "propose-false-alarm" }],
  ["昨天停水那件几点到期？", { kind: "query" }],
  ["20261120-001 现在谁在办？", { kind: "query", ref: "20261120-001" }],
  ["这件什么时候到期", { kind: "query", ref: "R05" }, { replyTo: "R05" }],
  ["好的👌", { kind: "not-report" }],
  ["收到收到，马上核实", { kind: "not-report" }, { replyTo: "R05" }],
  ["各位领导早上好，今天天气不错", { kind: "not-report" }],
  ["今天食堂吃什么", { kind: "not-report" }],
  ["", { kind: "not-report" }],
  ["查一下这个博主真实身份和家庭住址", { kind: "refuse", reason: "profiling-individual" }],
  ["把评论里带头的人列个名单，标一下重点人", { kind: "refuse", reason: "profiling-individual" }],
  ["麻烦协调抖音把这条视频下架", { kind: "refuse", reason: "out-of-scope" }],
  ["帮忙找水军控评一下", { kind: "refuse", reason: "out-of-scope" }],
  ["機 密★ 關於某項工作的通知", { kind: "refuse", reason: "secret-marker", store: false }],
  ["昨晚青岩县城关镇饭店起火，抖音播放8万，请协调把不实视频下架", { kind: "report" }],
  ["网友称发帖人被帮忙删帖的人威胁", { kind: "not-report" }],
  ["網友稱一份檔案涉密不予公開，質疑青岩縣不透明，微博轉發2000", { kind: "report" }],
];

describe("messages as staff type them", () => {
  it.each(REPORTS)("%s", (text, expected, input) => {
    const parsed = take(text, input);
    const wrong = wrongFields(parsed, { kind: "report", ...expected });
    const got = parsed as unknown as Record<string, unknown>;
    expect(Object.fromEntries(wrong.map((f) => [f, got[f === "summaryContains" ? "summary" : f]]))).toEqual({});
  });

  it.each(OTHERS)("%s", (text, expected, input) => {
    const parsed = take(text, input);
    expect({ wrong: wrongFields(parsed, expected), parsed }).toMatchObject({ wrong: [] });
  });

  it("handed in by command are reports, whatever they say", () => {
    expect(take("/舆情 上报 停水了", { asReport: true })).toMatchObject({ kind: "report", summary: "停水了" });
  });
});
