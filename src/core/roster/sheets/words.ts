import type { RoleName, Unit } from "../schema.ts";

// Words of the sheets for values of the roster: written as they stand first, read in any of the ways.

type Words<T extends string> = readonly (readonly [value: T, written: string, read: RegExp])[];

export const MANAGEMENT: Words<Unit["management"]> = [
  ["local", "本级", /^(?:本级|属地)(?:管理)?$/],
  ["vertical", "垂直管理", /^垂直|^垂管/],
  ["dual", "双重管理", /^双重/],
  ["enterprise", "企业", /企业$/],
];

export const UNIT_ROLE: Words<NonNullable<Unit["role"]>> = [
  ["coordinator", "组织协调", /^组织协调/],
  ["publicity", "宣传", /^宣传/],
  ["cyberspace", "网信", /^网信/],
];

export const PURPOSE: Words<"duty" | "work"> = [
  ["duty", "值班", /^值班/],
  ["work", "工作", /^工作|^处置/],
];

export const LEADER_ROLE: Words<"主要负责同志" | "分管领导"> = [
  ["主要负责同志", "主要负责同志", /^主要/],
  ["分管领导", "分管领导", /^分管|^副职/],
];

export const wordOf = <T extends string>(words: Words<T>, value: T | undefined): string =>
  words.find(([v]) => v === value)?.[1] ?? "";

export const meaningOf = <T extends string>(words: Words<T>, text: string): T | undefined =>
  words.find(([, written, read]) => text === written || read.test(text))?.[0];

export const choices = (words: Words<string>): string => words.map(([, written]) => written).join("、");

/** A post of a unit; `order` is given where the word says which liaison officer it is, from 0. */
export interface PostWord {
  post: "liaison" | "deputy" | "head";
  order?: number;
}

const ROLE_WORDS: readonly (readonly [RoleName, RegExp])[] = [
  ["值班员", /^值班(?:员|人员)$/],
  ["组织协调", /^组织协调(?:人员|员)?$/],
  ["宣传", /^宣传(?:人员|员)?$/],
  ["保密审查员", /^保密(?:审查)?(?:人员|员)$/],
  ["发布员", /^(?:信息)?发布(?:人员|员)$/],
  ["督查", /^督查(?:人员|员)?$/],
  ["管理员", /^(?:系统|机器人)?管理(?:人员|员)$/],
];

/** What 岗位 and 职务 may say. */
export const POST_CHOICES = `联络员A岗、联络员B岗、分管领导、主要负责人，或 ${ROLE_WORDS.map(([role]) => role).join("、")}`;

/** Reads one word of 岗位 or 职务; undefined for what is neither a post nor a role. */
export function readPost(text: string): PostWord | RoleName | undefined {
  const word = text.normalize("NFKC").replace(/[\s()]/gu, "");
  if (/^(?:信息|舆情|政务)?联[络系](?:员|人)|^[AB][岗角]$/iu.test(word)) {
    const order = liaisonOrder(word);
    return { post: "liaison", ...(order === undefined ? {} : { order }) };
  }
  if (/^分管(?:领导|负责人|负责同志|同志|局长|副局长|主任|副主任|副职)?$/u.test(word)) return { post: "deputy" };
  if (/^(?:单位)?(?:主要(?:负责人|负责同志|领导)|负责人|一把手)$/u.test(word)) return { post: "head" };
  return ROLE_WORDS.find(([, pattern]) => pattern.test(word))?.[0];
}

/** Which liaison officer a heading or a word means, from 0: A, B, 一, 2; undefined when it does not say. */
export function liaisonOrder(text: string): number | undefined {
  const mark = /([A-Z])(?:[岗角]|$)|([一二三四五六])|(\d+)/iu.exec(text.normalize("NFKC").replace(/[\s()]/gu, ""));
  if (!mark) return undefined;
  const [, letter, numeral, digits] = mark;
  if (letter) return letter.toUpperCase().charCodeAt(0) - 65;
  return numeral ? "一二三四五六".indexOf(numeral) : Number(digits) - 1;
}

/** "联络员A岗", "联络员27": how the n-th liaison officer is written. */
export const liaisonWord = (order: number): string =>
  order < 26 ? `联络员${String.fromCharCode(65 + order)}岗` : `联络员${order + 1}`;
