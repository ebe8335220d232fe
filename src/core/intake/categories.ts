import { CATEGORY_HINTS, CATEGORY_WORDS, LEVEL_WORDS } from "./lexicon.ts";
import type { Category, Level } from "./types.ts";

/** 五类 as stated by the sender in a category field; null when none of the words is there. */
export function readCategory(value: string): Category[] | null {
  const found = CATEGORY_WORDS.filter(([, pattern]) => pattern.test(value)).map(([category]) => category);
  return found.length > 0 ? found : null;
}

/** Categories that the words of the report suggest; a person decides. */
export function hintCategories(text: string, superiorRequired: boolean): Category[] {
  const found = CATEGORY_HINTS.filter(([, pattern]) => pattern.test(text)).map(([category]) => category);
  return superiorRequired ? [...found, "superior-required"] : found;
}

/** 舆情等级 of a level field: 一般, 较大, 重大, 特别重大, Ⅱ级. */
export function readLevel(value: string): Level | null {
  return LEVEL_WORDS.find(([, pattern]) => pattern.test(value.trim()))?.[0] ?? null;
}

/** 舆情等级 stated in running text. 突发事件 levels are not opinion levels. */
export function readLevelInText(text: string): Level | null {
  const m =
    /(?:舆情(?:等级|级别)?(?:初步)?(?:为|定为|拟定为|研判为|属于?)|(?:初步)?(?:研判|定)为)(特别重大|特大|较大|重大|一般|[IVⅠⅡⅢⅣ]{1,3}级)(?:及?舆情|级)?/.exec(
      text,
    );
  const adjective = m?.[1] ?? /(特别重大|较大|重大|一般)(?:政务)?舆情(?![应回])/.exec(text)?.[1];
  return adjective ? readLevel(adjective) : null;
}
