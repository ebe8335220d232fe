/** What a column of a 台账, a 12345 export or a 留言板 export says. */
export type Column =
  | "no"
  | "receivedAt"
  | "occurredAt"
  | "surfacedAt"
  | "detectedAt"
  | "title"
  | "content"
  | "platform"
  | "url"
  | "place"
  | "units"
  | "assigned"
  | "matter"
  | "category"
  | "eventLevel"
  | "opinionLevel"
  | "heat"
  | "casualties"
  | "state"
  | "dueAt"
  | "respondedAt"
  | "link"
  | "docNo"
  | "form"
  | "result"
  | "closedAt"
  | "reporter"
  | "private";

/** How a column is called in the preview. */
export const COLUMN_NAMES: Readonly<Record<Column, string>> = {
  no: "来源编号",
  receivedAt: "收到时间",
  occurredAt: "发生时间",
  surfacedAt: "首发时间",
  detectedAt: "发现时间",
  title: "标题",
  content: "内容",
  platform: "来源平台",
  url: "链接",
  place: "涉事地",
  units: "涉事单位",
  assigned: "承办单位",
  matter: "事项",
  category: "类别",
  eventLevel: "突发事件等级",
  opinionLevel: "舆情等级",
  heat: "热度",
  casualties: "伤亡",
  state: "状态",
  dueAt: "办理期限",
  respondedAt: "回应时间",
  link: "回应链接",
  docNo: "回应文号或编号",
  form: "回应形式",
  result: "办理结果",
  closedAt: "办结时间",
  reporter: "报告人",
  private: "个人信息,不导入",
};

/**
 * Headings as offices write them, spaces and notes in brackets left out. The first that fits decides; the order puts the
 * special before the general (回应链接 before 链接). Columns of personal data are known so that they are left out knowingly.
 */
const HEADINGS: readonly (readonly [Column, RegExp])[] = [
  [
    "private",
    /^(?:来电人|来信人|来访人|诉求人|反映人|投诉人|举报人|申请人|市民|群众|网民|网友|留言人|联系人|姓名|昵称|账号|发帖人|作者)(?:姓名|名称|昵称|信息|电话|账号|性别|年龄)?$|电话|手机|身份证|证件|住址|家庭|邮箱|性别|年龄|IP/i,
  ],
  ["link", /^(?:回应|答复|回复|发布|公开)(?:链接|网址|地址)$|^(?:回应|答复|回复|发布)凭证$/],
  ["docNo", /^(?:回应|答复|回复)?(?:文号|发文字号)$|^(?:答复|回复)(?:编号|单号)$/],
  ["form", /^(?:回应|答复|回复|发布)(?:形式|方式|类型)$/],
  ["respondedAt", /^(?:首次)?(?:回应|答复|回复|反馈|发布)(?:时间|日期)$/],
  ["closedAt", /^(?:办结|完成|结案|归档|办理完成)(?:时间|日期)$/],
  [
    "dueAt",
    /^(?:办理|办结|答复|回复|回应|反馈|处理|承办|要求)?(?:时限|期限|截止时间|截止日期|到期时间|到期日期|到期日|限办时间)$/,
  ],
  [
    "receivedAt",
    /^(?:收到|接收|接报|收报|受理|来电|来信|登记|留言|提交|创建|派单|交办|接件|反映|工单生成)(?:时间|日期)$|^(?:时间|日期)$/,
  ],
  ["occurredAt", /^(?:发生|事发|案发)(?:时间|日期)$/],
  ["surfacedAt", /^(?:首发|发帖|信息发布|首次发布)(?:时间|日期)$/],
  ["detectedAt", /^(?:发现|监测|巡查发现)(?:时间|日期)$/],
  ["no", /^(?:工单|留言|诉求|信件|来件|舆情|案件|事项|受理|流水)?(?:编号|单号|ID|id|号)$|^序号$|^案号$/],
  ["eventLevel", /^突发(?:事件)?(?:等级|级别)$/],
  ["opinionLevel", /^(?:舆情)?(?:等级|级别)$/],
  ["matter", /^(?:诉求|工单|留言|事项|信件|来件)(?:类型|类别|性质)$|^性质$/],
  ["category", /^(?:重点)?(?:类别|分类|舆情类别|舆情类型|回应类别)$/],
  ["assigned", /^(?:承办|主办|办理|转办|责任|回应|答复|回复|处置|派往|交办)(?:单位|部门)$/],
  ["units", /^(?:涉事|涉及|被反映|所涉|当事)(?:单位|部门)$|^单位$/],
  [
    "place",
    /^(?:涉事地|涉事地点|发生地|发生地点|事发地|事发地点|事发地址|地点|所属区域|所属地区|所属区县|区域|属地|地区)$/,
  ],
  ["platform", /^(?:来源|来源平台|信息来源|舆情来源|平台|渠道|来源渠道|诉求来源|受理渠道|媒体)$/],
  ["url", /^(?:链接|网址|原文链接|原帖链接|信息链接|原文|网页地址)$/],
  ["title", /^(?:舆情|诉求|工单|留言|信件|事项)?(?:标题|题目|主题|事由|名称)$/],
  [
    "content",
    /^(?:舆情|诉求|工单|留言|反映|来电|来信|主要|基本|信件|问题)?(?:内容|情况|概况|摘要|描述|诉求)$|^(?:反映问题|主要诉求|内容摘要|诉求描述)$/,
  ],
  ["heat", /^(?:热度|传播量|传播数据|传播情况|阅读量|点击量)$/],
  ["casualties", /^(?:伤亡|伤亡情况|人员伤亡)$/],
  ["state", /^(?:办理|处理|处置|当前|工单|回应|案件)?(?:状态|进度)$|^是否办结$/],
  ["result", /^(?:办理|处理|处置|答复|回复|回应|办结|反馈)(?:结果|情况|内容|意见)$|^结果$/],
  ["reporter", /^(?:报告人|报送人|上报人|填报人|登记人|值班员|记录人|报送单位|上报单位)$/],
];

/** What a heading names; undefined for a column of no use here. */
export function columnOf(heading: string): Column | undefined {
  const bare = bareHeading(heading);
  return HEADINGS.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** A heading without spaces, marks and notes in brackets. */
export const bareHeading = (heading: string): string =>
  heading
    .normalize("NFKC")
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】|[\s*#:]/gu, "")
    .trim();
