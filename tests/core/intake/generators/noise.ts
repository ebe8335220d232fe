import fc from "fast-check";
import { Converter } from "opencc-js/cn2t";
import { fullWidth } from "./numerals.ts";

/** A change of the writing that changes nothing of what is said. */
export type Noise = (text: string) => string;

const traditional = Converter({ from: "cn", to: "t" });
const LINK = /https?:\/\/[\w\-./?=&#%]+/g;

/** Applies a change to everything but links. */
const outsideLinks =
  (change: Noise): Noise =>
  (text) => {
    const links = text.match(LINK) ?? [];
    return text
      .split(LINK)
      .map((piece, k) => change(piece) + (links[k] ?? ""))
      .join("");
  };
const everyNth =
  (n: number, change: Noise): Noise =>
  (text) => {
    let k = 0;
    return text.replace(/[\u4e00-\u9fa5](?=[\u4e00-\u9fa5])/g, (c) => (++k % n === 0 ? change(c) : c));
  };

/** What stands around a message or in its signs. */
export const FRAMES: Readonly<Record<string, Noise>> = {
  "forwarded header": (t) => `---------- 转发的消息 ----------\n${t}`,
  "name and time of a forwarded message": (t) => `张三 2026-11-20 07:58:\n${t}`,
  "chat record": (t) => `[聊天记录]\n${t}`,
  quoted: (t) => `>> ${t}`,
  "mail header": (t) => `发件人: 李四\n发送时间: 2026-11-20 07:58\n${t}`,
  greeting: (t) => `各位领导早上好：\n${t}`,
  "greeting in the line": (t) => `领导您好，${t}`,
  thanks: (t) => `${t}\n谢谢！`,
  request: (t) => `${t}\n请核实处理`,
  "blank lines": (t) => `\n\n ${t} \n\n`,
  "windows line ends": (t) => t.replaceAll("\n", "\r\n"),
  "emoji at the end": (t) => `${t}🙏🙏`,
};

/** Ways to write the same characters. */
export const WRITINGS: Readonly<Record<string, Noise>> = {
  traditional: outsideLinks(traditional),
  "full-width digits and letters": outsideLinks(fullWidth),
  "full-width colons": outsideLinks((t) => t.replaceAll(":", "：")),
  "half-width colons and semicolons": (t) => t.replaceAll("：", ":").replaceAll("；", ";"),
  "half-width brackets": outsideLinks((t) => t.replaceAll("（", "(").replaceAll("）", ")")),
  "zero-width characters": outsideLinks(everyNth(3, (c) => `${c}\u200b`)),
  "direction marks": outsideLinks(everyNth(5, (c) => `\u202a${c}\u202c`)),
  pinyin: outsideLinks(everyNth(7, (c) => `${c}(pīn)`)),
  "doubled full stops": (t) => t.replaceAll("。", "。。"),
  "spaces behind punctuation": (t) => t.replace(/[，；。：](?![\d０-９])/g, "$& "),
};

const of = (noises: Readonly<Record<string, Noise>>) => fc.constantFrom(...Object.values(noises));
/** One frame and up to two writings, one after the other. */
export const noise: fc.Arbitrary<Noise> = fc
  .tuple(fc.option(of(FRAMES), { nil: undefined }), fc.array(of(WRITINGS), { maxLength: 2 }))
  .map(([frame, writings]) => (text) => {
    const written = writings.reduce((t, change) => change(t), text);
    return frame ? frame(written) : written;
  });
