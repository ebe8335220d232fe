import type { Finding } from "./hit.ts";

export const SINGLE_SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";
const DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|端木|夏侯";
/** Characters that hardly occur in given names but often behind a surname character in plain words (高血压, 于昨日, 马上). */
const GIVEN =
  "[^\\s\\d\\w，,。；;：:！!？?、“”\"'（）()【】《》\\[\\]的了在被因于和与及称说家已上下前后日月年时分点个名人位某血压烧温中级度层速考就是有没不到从向对为也都还又再才把让给将会能可以想要去来出入口处所局委办院校镇乡村路街道水火车电网地区县市省部体]";
/** 时常打骂, 严厉, 连续: how somebody acts, though it begins like a surname. */
const NO_NAME = "(?!时常|时时|连续|连连|连着|任意|严厉|严重|常年|常常|单独|单方)";
const NAME = `${NO_NAME}(?<name>(?<surname>${DOUBLE_SURNAMES}|[${SINGLE_SURNAMES}])${GIVEN}{1,2})`;

/** People who are not in office, in connection with harm, health or as a minor. */
const PERSON =
  "孩子(?:他|她)?的?(?:妈妈|爸爸|妈|爸|奶奶|爷爷|外婆|外公|姥姥|姥爷)|[继养生][父母]|死者|伤者|遇难者|逝者|患者|病人|孕妇|产妇|受害人|受害者|被害人|遇害者|失踪者|失联人员|溺水者|确诊者|病例|学生|女生|男生|女童|男童|女孩|男孩|娃娃|娃|姑娘|小伙|老太太|大爷|大妈|儿童|幼儿|婴儿|孩子|小孩|老人|老汉|当事人|死者家属|家长|家属|亲属|司机|驾驶员|乘客|护工|村民|市民|居民|业主|妇女|女子|男子|工人|民工|其子|其女|其母|其父|母亲|父亲|儿子|女儿|丈夫|妻子|伤亡人员";
const NAMED = "姓名(?:为|是)?|名叫|名为|叫做|名字(?:是|叫)?";
const BOUNDARY =
  "(?=$|[\\s，,。；;：:！!？?、（(）)】“”\\d]|被|在|因|于|称|的|从|和|与|等|已|遭|受|跌|坠|死|身|送|抢|受伤|今年|年仅|患|感染|确诊|失联|失踪|溺|不幸|是|说|反映|抑郁|自杀|跳|昏|晕|病|家属|父母|父亲|母亲|家人|虐|殴打|打[骂了人孩老]|骂|遗弃)";
const PATTERNS: readonly RegExp[] = [
  new RegExp(`(?:${PERSON})(?:${NAMED})?[:：是叫（(]?\\s?${NAME}${BOUNDARY}`, "dg"),
  new RegExp(`(?:${NAMED})[:：]?\\s?${NAME}${BOUNDARY}`, "dg"),
  new RegExp(
    `(?<![\\u4e00-\\u9fa5])${NAME}(?=[（(，,]\\s?(?:男|女)[，,、 ]?\\s?(?:现年|今年|年约)?\\d{1,3}(?:周?岁|个月))`,
    "dg",
  ),
  new RegExp(
    `(?<![\\u4e00-\\u9fa5])${NAME}(?=(?:不幸|当场|已|被)?(?:死亡|身亡|遇难|去世|受伤|重伤|溺亡|猝死|坠楼|坠亡|自杀|确诊|感染|失联|失踪|病危|怀孕|流产))`,
    "dg",
  ),
];
const HARM =
  /死|伤|亡|遇难|溺|坠|失联|失踪|被打|殴|虐|砍|撞|病|患|孕|产|诊|疫|中毒|医院|住院|手术|抢救|自杀|猥亵|性侵|强奸|霸凌|欺凌|学生|孩子|儿童|幼儿|小学|中学|未成年|女童|男童|婴|女孩|男孩|烧|烫|身份证/;
/** A post before the name: an official is named as such. A post behind it is no boundary of a name, so it never matches. */
const POST_BEFORE =
  /(?:局长|县长|市长|区长|镇长|乡长|书记|主任|部长|处长|科长|校长|院长|所长|站长|队长|民警|警官|记者|主持人|总经理|董事长|厂长|负责人|发言人|报告人|报送人|联系人|上报人)[:：]?\s?$/;

/**
 * Names of private persons in a sentence about harm, health or a minor become 姓+某. People of the roster and officials
 * named with a post are left. Cautious on purpose: a name nobody marks as one stays for a person to see.
 */
export function findNames(text: string, isKnown: (name: string) => boolean): Finding[] {
  if (!HARM.test(text)) return [];
  const found: Finding[] = [];
  for (const pattern of PATTERNS) {
    for (const m of text.matchAll(pattern)) {
      const span = m.indices?.groups?.name;
      const name = m.groups?.name ?? "";
      if (!span || isKnown(name) || POST_BEFORE.test(text.slice(Math.max(0, span[0] - 6), span[0]))) continue;
      const around = text.slice(Math.max(0, span[0] - 60), span[1] + 60);
      if (HARM.test(around))
        found.push({ from: span[0], to: span[1], type: "name", masked: `${m.groups?.surname ?? ""}某` });
    }
  }
  return found;
}

const FULL_NAME = new RegExp(`^(${DOUBLE_SURNAMES}|[${SINGLE_SURNAMES}])\\p{Script=Han}{1,2}$`, "u");

/** The surname, if the text is a person's name and nothing else. */
export const surnameOf = (text: string): string | undefined => FULL_NAME.exec(text)?.[1];
