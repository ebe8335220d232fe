import fc from "fast-check";
import { qingyan } from "../support.ts";

/** A place as written, with the codes of the jurisdictions that it means for a sender of Qingyan. */
export interface Scene {
  text: string;
  places: { text: string; code: string }[];
}

const HOME = qingyan.home;
/** County level and above it only where no county could be meant instead. */
const JURISDICTIONS = qingyan.file.jurisdictions.filter((j) => /[县区市]$/.test(j.name) && !/^\d{4}00$/.test(j.code));
const DETAILS = [
  "",
  "解放路",
  "人民路",
  "西环路口",
  "滨江路中段",
  "文化广场",
  "中心广场",
  "体育馆",
  "火车站",
  "某工地",
  "某高速口",
  "幸福小区",
  "滨河大桥",
  "菜市场附近",
  "第一小学门口",
  "工业园",
];
/** 清水河 runs through two counties: whose it is, the tests of messages say. */
const SPOTS = JURISDICTIONS.flatMap((j) =>
  j.places.filter((p) => p !== "清水河").map((place) => ({ code: j.code, name: j.name, place })),
);

const inJurisdiction = fc
  .tuple(fc.constantFrom(...JURISDICTIONS), fc.constantFrom(...DETAILS))
  .map(([j, detail]): Scene => ({ text: j.name + detail, places: [{ text: j.name + detail, code: j.code }] }));
const knownSpot = fc.tuple(fc.constantFrom(...SPOTS), fc.boolean()).map(([{ code, name, place }, withName]): Scene => {
  const text = withName ? name + place : place;
  return { text, places: [{ text, code }] };
});
const own = fc
  .tuple(fc.constantFrom("我县", "本县", "咱们县"), fc.constantFrom(...DETAILS))
  .map(([who, detail]): Scene => ({ text: who + detail, places: [{ text: who + detail, code: HOME }] }));
const border = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...JURISDICTIONS), { minLength: 2, maxLength: 2, selector: (j) => j.code }),
    fc.constantFrom("与", "和", "、"),
    fc.constantFrom("交界处", "交界"),
  )
  .map(([[a, b], join, where]): Scene => {
    const text = `${a?.name}${join}${b?.name}${where}`;
    return { text, places: [a, b].map((j) => ({ text, code: j?.code ?? "" })) };
  });
const several = fc
  .uniqueArray(fc.constantFrom(...JURISDICTIONS), { minLength: 2, maxLength: 3, selector: (j) => j.code })
  .map(
    (list): Scene => ({
      text: list.map((j) => j.name).join("、"),
      places: list.map((j) => ({ text: j.name, code: j.code })),
    }),
  );

/** Families of places. */
export const SCENES: Readonly<Record<string, fc.Arbitrary<Scene>>> = {
  "a jurisdiction and a spot": inJurisdiction,
  "a town or estate of the roster": knownSpot,
  我县: own,
  "a border": border,
  "several jurisdictions": several,
};
export const onePlace: fc.Arbitrary<Scene> = fc.oneof(inJurisdiction, knownSpot, own);
/** A place of the office's own county. */
export const homePlace: fc.Arbitrary<Scene> = onePlace.filter((s) => s.places[0]?.code === HOME);

/** Units as written, and the ids of those that the roster knows. */
export interface Parties {
  text: string;
  units: string[];
  ids: string[];
}
/** 城关镇 alone is the town; coordinating and publicity units are channels, not parties. */
const NAMES = qingyan.units
  .filter((u) => u.role === undefined)
  .flatMap((u) =>
    [u.name, ...u.aliases].filter((n) => n !== "城关镇" && n !== "资规").map((name) => ({ id: u.id, name })),
  );
const UNKNOWN = [
  "县人武部",
  "青岩县人民医院",
  "县交通运输局",
  "青岩县殡仪馆",
  "县供电公司",
  "青岩县宏达物业有限公司",
  "青岩县公安局交警大队",
  "县发展和改革局",
  "青岩县融媒体中心",
].map((name) => ({ id: undefined, name }));
export const parties: fc.Arbitrary<Parties> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom<{ id: string | undefined; name: string }>(...NAMES, ...UNKNOWN), {
      minLength: 1,
      maxLength: 3,
      selector: (u) => u.id ?? u.name,
    }),
    fc.constantFrom("、", "和", "及"),
  )
  .map(
    ([list, last]): Parties => ({
      text: list.map((u, k) => (k === 0 ? "" : k === list.length - 1 ? last : "、") + u.name).join(""),
      units: list.map((u) => u.name),
      ids: list.flatMap((u) => u.id ?? []),
    }),
  );
