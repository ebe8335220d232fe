import { type AmendContext, union } from "./amend-context.ts";
import { type Draft, takeApart } from "./draft.ts";
import { fieldOf } from "./fields.ts";
import { gazetteerOf } from "./gazetteer.ts";
import { readReport } from "./report.ts";
import type { Report } from "./types.ts";

/** Somebody else's part in the matter: 已联系水务局, 县公安局已到现场, 转县住建局. */
const PASSING_BEFORE =
  /(?:联系|通知|电话|告知|对接|沟通|请|和|跟|与|向|给|对|由|让|转|转给|转交|已转|派|抄送|报|@)(?:了|过)?$/;
const PASSING_AFTER =
  /^(?:[^，,。；;\n]{0,6})(?:已|正在|正|也|都|将|会|派|到场|到现场|赶|介入|回复|答复|表示|说|称|通报|负责|牵头|在(?!内)|联络员|老|小|领导|局长|主任|值班)/;
const STATED_BEFORE = /(?:单位|部门|学校|医院|公司|企业|责任方|主体|主管)(?:应该?|更正|改)?(?:是|为|叫|归|：|:)?$/;

const isPassing = (text: string, from: number, to: number): boolean => {
  const before = text.slice(Math.max(0, from - 8), from);
  return !STATED_BEFORE.test(before) && (PASSING_BEFORE.test(before) || PASSING_AFTER.test(text.slice(to, to + 14)));
};

export function unitsOf(context: AmendContext): Partial<Pick<Report, "units" | "unitIds" | "unitSuggested">> {
  const { before, draft, stated, correcting, replacements } = context;
  const names = replacedIn(before.units, context, (right) => namesOf(right, context) ?? likeUnit(right));
  if (names) return withIds(names, context);
  if (fieldOf(draft.fields, "units") && stated.units.length > 0) return withIds(stated.units, context);
  if (stated.units.length === 0 || replacements.length > 0) return {};
  const mentions = draft.units.filter((u) => stated.units.includes(u.name));
  const named = mentions.filter((u) => STATED_BEFORE.test(draft.text.slice(Math.max(0, u.from - 8), u.from)));
  if (named.length > 0)
    return withIds(
      named.map((u) => u.name),
      context,
    );
  if (isOnly(draft, mentions)) return withIds(correcting ? stated.units : union(before.units, stated.units), context);
  const concerned = mentions.filter((u) => !isPassing(draft.text, u.from, u.to));
  return before.units.length === 0 && concerned.length > 0
    ? withIds(
        concerned.map((u) => u.name),
        context,
      )
    : {};
}

const FILLERS = /更正|订正|补充|涉及|涉事|还有|以及|还|应该|就|是|为|单位|和|与|及|的|也|[\s，,。、；;：:！!（）()]/g;

/** 是县水务局: the text is an answer that names units or places and says nothing else. */
export function isOnly(draft: Draft, spans: readonly { from: number; to: number }[]): boolean {
  let rest = "";
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    rest += draft.text.slice(at, span.from);
    at = Math.max(at, span.to);
  }
  return (rest + draft.text.slice(at)).replace(FILLERS, "") === "";
}

function namesOf(text: string, { input, roster }: AmendContext): string[] | null {
  const draft = takeApart({ ...input, text: `涉事：${text}` }, gazetteerOf(roster));
  return draft.units.length > 0 ? draft.units.map((u) => u.name) : null;
}

const likeUnit = (text: string): string[] | null =>
  text.length <= 16 && /(?:局|院|校|园|中|小|司|厂|店|队|所|站|委|办|会|府|社|馆|超市|集团|物业)$/.test(text)
    ? [text]
    : null;

/** The values with the named one replaced; null when no replacement speaks of them. */
function replacedIn(
  known: readonly string[],
  { replacements }: AmendContext,
  read: (right: string) => string[] | null,
): string[] | null {
  let names: string[] | null = null;
  for (const { wrong, right } of replacements) {
    const meant = known.filter((name) => sameName(name, wrong));
    const fresh = read(right);
    if (!fresh || (meant.length === 0 && (known.length > 1 || !read(wrong)))) continue;
    const stale = meant.length > 0 ? meant : known;
    names = union(
      (names ?? known).filter((n) => !stale.includes(n)),
      fresh,
    );
  }
  return names;
}

const sameName = (a: string, b: string): boolean =>
  a.length > 1 && b.length > 1 && (a.endsWith(b) || b.endsWith(a) || a.includes(b));

function withIds(
  units: string[],
  { input, roster }: AmendContext,
): Pick<Report, "units" | "unitIds" | "unitSuggested"> {
  const said = { ...input, text: `涉事单位：${units.join("、")}` };
  const { unitIds } = readReport(takeApart(said, gazetteerOf(roster)), said, roster);
  return { units, unitIds, unitSuggested: [] };
}

export function placesOf(context: AmendContext): Partial<Pick<Report, "places">> {
  const { before, draft, stated, correcting, replacements, input, roster } = context;
  const read = (text: string): Report["places"] => {
    const said = { ...input, text };
    return readReport(takeApart(said, gazetteerOf(roster)), said, roster).places;
  };
  const known = before.places.map((p) => p.text);
  const names = replacedIn(known, context, (right) => {
    const found = read(right);
    return found.length > 0 && !namesOf(right, context) ? found.map((p) => p.text) : null;
  });
  if (names)
    return {
      places: names.flatMap((n) => before.places.filter((p) => p.text === n).concat(known.includes(n) ? [] : read(n))),
    };
  if (stated.places.length === 0 || replacements.length > 0) return {};
  const labelled = fieldOf(draft.fields, "place") !== undefined;
  const spans = stated.places.flatMap((p) => {
    const from = draft.text.indexOf(p.text);
    return from === -1 ? [] : [{ from, to: from + p.text.length }];
  });
  const named =
    /(?:地点|事发地|涉事地|发生地|位置)(?:应该?)?(?:是|为|在)/.test(draft.text) ||
    /(?:发生|事发)(?:地)?在/.test(draft.text);
  if (labelled || named || (isOnly(draft, spans) && spans.length > 0 && correcting)) return { places: stated.places };
  if (before.places.length === 0 && !(stated.units.length > 0 && spans.every((s) => isInUnit(draft, s))))
    return { places: stated.places };
  return {};
}

const isInUnit = (draft: Draft, { from, to }: { from: number; to: number }): boolean =>
  draft.units.some((u) => u.from <= from && to <= u.to);

export function platformsOf(context: AmendContext): Partial<Pick<Report, "platforms">> {
  const { before, draft, stated, replacements } = context;
  if (stated.platforms.length === 0) return {};
  const wrong = before.platforms.filter((p) => replacements.some((r) => r.wrong.includes(p)));
  if (wrong.length > 0)
    return {
      platforms: union(
        before.platforms.filter((p) => !wrong.includes(p)),
        stated.platforms,
      ),
    };
  const passing =
    stated.urls.length === 0 &&
    Object.keys(stated.heat).length === 0 &&
    draft.platforms.every((p) => isPassing(draft.text, p.from, p.to));
  const platforms = union(before.platforms, stated.platforms);
  return passing || platforms.length === before.platforms.length ? {} : { platforms };
}
