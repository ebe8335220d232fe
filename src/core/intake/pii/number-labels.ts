import { SINGLE_SURNAMES } from "./names.ts";

/** What the words around a long number call it. */
export interface NumberLabel {
  /** A ticket of the hotline or the mailbox is kept, so that a reply stays possible; it may pass for a bank card. */
  ticket: boolean;
  /** Named as an identity number, it is one even when a digit was mistyped. */
  identity: boolean;
  /** Named as a bank card, likewise. */
  card: boolean;
  /** It stands right behind a person. */
  person: boolean;
}

const TICKET =
  /(?:工单|受理|流水|留言|信件|信访件|诉求|投诉|案件)(?:编?号|单号|编码)?[:：为是]? ?[A-Z]{0,4}$|(?:编号|单号)[:：为是]? ?[A-Z]{0,4}$/i;
const IDENTITY = /(?:身份证|身份号码|证件)[^\d]{0,8}$/;

const BANK = "银行|[工农中建交招]行|信用社|农信|农商|邮储";
/** 卡号：…、…: the second card of a list has the label of the first. */
const CARD = new RegExp(
  `(?:(?:${BANK}|储蓄|信用|借记|工资)卡|卡号|${BANK})[^\\d，,。；;\\n]{0,6}(?:\\d[\\d \\-]{14,24}[、/和及与] ?)?$`,
);
const CARD_BEHIND = new RegExp(`^[)）]? ?(?:是|为|系|[（(])[^\\d，,。；;\\n]{0,6}(?:卡|${BANK})`);
/** 账号 is a card's only beside a bank or a payment: platforms have accounts, too. */
const ACCOUNT = /[账帐][号户](?:号码?)?[^\d，,。；;\n]{0,6}$/;
const PAYMENT = new RegExp(`${BANK}|开户|户名|支行|[收付汇]款|转[账帐]|打款`);

const PERSON = new RegExp(
  `(?:[某人者主友民男女]|先生|女士|(?:^|[^\\u4e00-\\u9fa5]|[人者主友民生]|家[长属]|姓名)[${SINGLE_SURNAMES}][\\u4e00-\\u9fa5]{1,2})[（(，,、:： ]{0,2}$`,
);

/** Characters that are looked at before a number: a label, a bank, another number. */
const LOOK_BACK = 44;
const LOOK_AHEAD = 16;

/** Reads what stands beside the number from `from` to `to`. */
export function labelOf(text: string, from: number, to: number): NumberLabel {
  const before = text.slice(Math.max(0, from - LOOK_BACK), from);
  const behind = text.slice(to, to + LOOK_AHEAD);
  const near = before.slice(-12);
  const ticket = TICKET.test(near);
  const account = ACCOUNT.test(near) && PAYMENT.test(before + behind);
  return {
    ticket,
    identity: IDENTITY.test(near),
    card: account || CARD.test(before) || CARD_BEHIND.test(behind),
    person: !ticket && PERSON.test(near),
  };
}
