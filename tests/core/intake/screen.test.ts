import { describe, expect, it } from "vitest";
import { intake, screenContextOf } from "#core/intake/intake.ts";
import { piiInPlaceholders, type Screened, screen } from "#core/intake/screen.ts";
import { qingyan, RECEIVED } from "./support.ts";

const read = (text: string): Screened => screen(text, screenContextOf(qingyan));
function kept(text: string): string {
  const result = read(text);
  if (result.verdict === "withheld") throw new Error("withheld");
  return result.text;
}

describe("secrecy markings", () => {
  it.each([
    "【机密★1年】关于某事的通知",
    "绝密★\n关于……的报告",
    "秘 密 ★ 长期",
    "机\u200b密★五年",
    "機密★ 內部資料",
    "［機　密］ 关于",
    "【秘密】会议纪要",
    "机密级：关于开展专项工作的方案",
    "秘密级文件 关于",
    "密级：机密\n正文",
    "标题：道路管控\n密级：秘密\n内容：某部驻地道路管控",
    "密级: 机密 关于某项工作",
    "密级 绝密 关于某项工作",
    "标题：道路管控；密级：秘密；单位：县公安局",
    "密 级：机 密",
    "密 级 机 密",
    "密级——秘密",
    "【密级】机密 关于某项工作",
    "密级（秘密）关于某项工作",
    "密级｜秘密｜文号｜青办发3号",
    "**密级**：秘密",
    "涉密等级：机密级，请勿外传",
    "密级为机密，请按规定保管",
    "本通知密级为秘密",
    "密级：工作秘密 名单如下",
    "转：\n机密\n关于",
    "内部资料，注意保存",
    "內部資料　注意保存\n领导讲话",
    "工作秘密\n名单如下",
    "【工作秘密】名单",
    "机-密-★ 报告",
    "ＪＭ 机密☆3年",
  ])("withhold %j entirely", (text) => {
    expect(read(text)).toEqual({ verdict: "withheld" });
  });

  it.each([
    "网传一份标有“机密★”字样的文件外泄，微博转发3000",
    "网友质疑县政府以涉密为由不予公开征地材料，头条阅读2万",
    "有人泄露工作秘密被处分，论坛有讨论",
    "机密级文件外泄的传言不实",
    "商业秘密纠纷引发关注",
    "通报仅限内部的说法不实",
    "县保密局培训涉密人员，网友质疑收费",
    "密级管理制度不健全被媒体曝光",
    "网友质疑县里乱定密级，机密成了挡箭牌",
    "密级：绝密、机密、秘密三级的标注办法被网友误读",
    "涉密人员密级机密以上的出境规定引热议",
    "网传一份标注密级：机密的文件外泄",
    "网传一份密级为机密的文件外泄",
    "密级为机密的文件外泄，网友热议",
    "密级：无\n城关镇停水",
  ])("leave a report that only speaks of them: %s", (text) => {
    expect(read(text).verdict).not.toBe("withheld");
  });

  it("are asked about when a soft word stands alone at the head", () => {
    expect(read("仅限内部：明天的会议安排")).toMatchObject({ askSecrecy: true });
    expect(read("涉密\n附件已传")).toMatchObject({ askSecrecy: true });
    expect(read("网友称涉密不予公开")).toMatchObject({ askSecrecy: false });
  });

  it("leave no trace of the text in what intake returns", () => {
    const result = intake({ text: "【机密★】代号海棠的行动", receivedAt: RECEIVED }, qingyan);
    expect(JSON.stringify(result)).not.toContain("海棠");
    expect(result.parsed).toMatchObject({ kind: "refuse", reason: "secret-marker", store: false });
  });
});

describe("personal data", () => {
  it.each([
    ["家长电话13900001111反映", "家长电话[电话]反映"],
    ["１３９００００１１１１", "[电话]"],
    ["139 0000 1111", "[电话]"],
    ["139-0000-1111", "[电话]"],
    ["+86 13900001111，", "+86 [电话]，"],
    ["8613900001111", "86[电话]"],
    ["139\u200b0000\u200b1111", "[电话]"],
    ["一三九零零零零一一一一", "[电话]"],
    ["身份证990181194503152331。", "身份证[身份证号]。"],
    ["990181 19450315 2331", "[身份证号]"],
    ["身份证号码：990181194503152330", "身份证号码：[身份证号]"],
    ["流水990181194503152330", "流水990181194503152330"],
    ["卡号6222 0200 0000 0000 003", "卡号[银行卡号]"],
    ["银行卡：6222020000000001", "银行卡：[银行卡号]"],
    ["账号6222020000000000003（工商银行青岩支行）", "账号[银行卡号]（工商银行青岩支行）"],
    ["开户行：农信社 户名：张某 账户：6228-4800-0000-0000-003", "开户行：农信社 户名：张某 账户：[银行卡号]"],
    ["钱转到建行6217000000000000003上", "钱转到建行[银行卡号]上"],
    ["卡号：6222020000000000003、6217000000000000003", "卡号：[银行卡号]、[银行卡号]"],
    ["6222020000000000003是他的银行卡", "[银行卡号]是他的银行卡"],
    ["卡号990181194503152331", "卡号[身份证号]"],
    ["身份证：330102500101123", "身份证：[身份证号]"],
    ["身份证号码 330102 500101 123，", "身份证号码 [身份证号]，"],
    ["张某某（男，330102500101123）", "张某某（男，[身份证号]）"],
    ["反映人330102500101123来访", "反映人[身份证号]来访"],
    ["死者王小明，330102500101123", "死者王某，[身份证号]"],
    ["邮箱zhang.san-1@qq.com联系", "邮箱[邮箱]联系"],
    ["投诉人邮箱：ＺＳ＠１６３．ｃｏｍ。", "投诉人邮箱：[邮箱]。"],
    ["13900001111@139.com", "[邮箱]"],
    ["mailto:a_b@mail.example.com.cn", "mailto:[邮箱]"],
    ["a@qq.com13900001111", "[邮箱][电话]"],
    ["卡号4111-1111-1111-1111", "卡号[银行卡号]"],
    ["车牌江A·D1234", "车牌江A·D1234"],
    ["一辆苏A·D1234逆行", "一辆[车牌]逆行"],
    ["京AD12345新能源车", "[车牌]新能源车"],
    ["张某某，家住青岩县城关镇解放路12号3单元502室", "张某某，家住青岩县城关镇[住址]"],
    ["住址：幸福里小区3栋2单元", "住址：[住址]"],
    ["死者王小明（男，35岁）", "死者王某（男，35岁）"],
    ["一个7岁娃（陈小满）被狗咬伤", "一个7岁娃（陈某）被狗咬伤"],
    ["孩子妈林小梅打孩子", "孩子妈林某打孩子"],
    ["养母王桂芳虐待女童", "养母王某虐待女童"],
    ["家长时常打骂孩子，孩子爸爸高兴地说没事", "家长时常打骂孩子，孩子爸爸高兴地说没事"],
    ["患者欧阳娜在急诊等候", "患者欧阳某在急诊等候"],
    ["王小丽，女，6岁，被撞伤", "王某，女，6岁，被撞伤"],
    ["家长电话0668-8812345反映", "家长电话[电话]反映"],
    ["（0668）8812345", "[电话]"],
    ["０１０－８８１２３４５６转803，", "[电话]，"],
    ["020 8812 3456", "[电话]"],
    ["反映人座机：8812345", "反映人座机：[电话]"],
    ["联系电话 88123456。", "联系电话 [电话]。"],
  ])("is masked: %s", (text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  it.each([
    "解放路12号商铺起火",
    "工单号20261118000123",
    "播放12345678901次",
    "999999999999999999",
    "抖音账号6222020000000000003",
    "编号6222020000000000003",
    "受理号：6222020000000000003",
    "信访件编号4111111111111111",
    "工商银行投诉工单号6222020000000000003",
    "卡号尾号0003",
    "流水330102500101123",
    "反映人工单号330102500101123",
    "单号330102500101123",
    "身份证：330102501301123",
    "身份证：330102500230123",
    "331102500101123次播放",
    "回信至zhengfuban@qingyan.gov.cn",
    "举报邮箱：qingyan_jubao@163.com已公布",
    "https://medium.com/@user.name/a",
    "https://u@a.example.cn/x",
    "https://a.cn/x?to=ab@bc.com",
    "@周敏 请看video.example.cn/u@name.cn",
    "账号@abc.news发布视频",
    "7.43 复制打开抖音，看看【作品】 aBC:/ 05/12 z@M.jP",
    "张志远县长到现场指导，伤者送医",
    "陈静反映伤者已出院",
    "局长李大海赶到现场，3人受伤",
    "老人高血压发作送医",
    "患者于昨日出院，孩子马上手术",
    "学生家长反映食堂问题",
    "司机全部受伤",
    "https://weibo.com/13900001111/4111111111111111",
    "https://v.douyin.com/990181194503152331/",
    "京A股60大涨",
    "单号9913900001111",
    "工单号4111111111111111",
    "留言编号：XZ4111111111111111",
    "QY-990121-20261120-004 已转办",
    "yq-990121-20261120-012",
    "家属周敏已到场安抚伤者",
    "当事人李大海局长在事故中受伤",
    "拨打12345、110、119、120无人接听",
    "客服4008123456、400-812-3456、95598无人接听",
    "监督电话0668-8899001已公布",
    "县水务局抢修电话：0668-8899002",
    "值班电话 8899003",
    "工单0668-8812345",
    "2026-11201200",
    "播放08812345次",
    "金额0.66812345万元",
  ])("is not seen where there is none: %s", (text) => {
    expect(kept(text)).toBe(text);
  });

  it("keeps a reporter's own number recognisable and a citizen's not", () => {
    expect(kept("反映人13900001111\n报告人：王晓梅 13800138000")).toBe("反映人[电话]\n报告人：王晓梅 138****8000");
    expect(kept("报送人：區委宣傳部 林曉東　ＴＥＬ：１３８００１３８０００")).toContain("138****8000");
    expect(kept("报告人：王晓梅。投诉人电话13900001111")).toContain("[电话]");
    const elsewhere =
      "，内容已经在昨天的值班记录里写明，请各有关单位按照要求尽快核实处理并且反馈结果，如有疑问可以联系小区物业";
    expect(kept(`报告人：王晓梅${elsewhere}13900001111`)).toContain("[电话]");
  });

  it("knows the numbers of the roster as staff", () => {
    expect(kept("联系周敏19900000001")).toBe("联系周敏199****0001");
  });

  it("leaves links intact, except for a value that names itself a telephone number", () => {
    expect(kept("https://a.cn/x?phone=13900001111&id=13900001111")).toBe("https://a.cn/x?phone=[电话]&id=13900001111");
    expect(kept("https://a.cn/x,13900001111")).toBe("https://a.cn/x,[电话]");
  });

  it("reports where each placeholder stands in the screened text", () => {
    const text = "报警人13900001111，身份证990181194503152331";
    const result = read(text);
    if (result.verdict === "withheld") throw new Error("withheld");
    expect(result.pii.map((h) => h.type)).toEqual(["phone", "idcard"]);
    for (const hit of result.pii) expect(result.text.startsWith(hit.masked, hit.at)).toBe(true);
  });

  it("changes nothing in a text that is already screened", () => {
    const once = kept("患者王小明13900001111，家住解放路12号3单元");
    expect(kept(once)).toBe(once);
  });

  it("counts an e-mail address as a way to reach somebody", () => {
    const result = read("投诉人zs@qq.com");
    expect(result).toMatchObject({ verdict: "masked", pii: [{ type: "phone", masked: "[邮箱]" }] });
    expect(piiInPlaceholders("投诉人[邮箱]")).toEqual([{ type: "phone", masked: "[邮箱]" }]);
    expect(kept("报告人：王晓梅（县委网信办）wxm@163.com")).toBe("报告人：王晓梅（县委网信办）[邮箱]");
  });

  it("is told from the placeholders when the hits were not handed on", () => {
    const { parsed } = intake({ text: "标题：停水\n家长[电话]反映", receivedAt: RECEIVED }, qingyan);
    expect(parsed).toMatchObject({ kind: "report" });
  });
});
