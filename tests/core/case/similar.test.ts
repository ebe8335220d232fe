import { describe, expect, test } from "vitest";
import { type SearchEntry, searchEntry } from "#core/case/search-entry.ts";
import { mostSimilar } from "#core/case/similar.ts";
import type { SimilarCandidate } from "#core/store.ts";
import { HOUR } from "#core/time.ts";
import { Desk } from "../../support/desk.ts";

const WITHIN = 72 * HOUR;
const WATER = "幸福里小区停水,老人提水上楼";

function entry(text: string, more: Partial<SearchEntry> = {}): SearchEntry {
  const found = searchEntry(new Desk(text).case);
  if (!found) throw new Error("nothing is known of it");
  return { ...found, id: "YQ-990121-20261120-009", ...more };
}
const candidate = (no: number, text: string, more: Partial<SimilarCandidate> = {}): SimilarCandidate => ({
  ...entry(text),
  id: `YQ-990121-20261120-00${no}`,
  sameLink: false,
  ...more,
});
const office = new Desk(WATER).office;
const similar = (own: SearchEntry, ...candidates: SimilarCandidate[]) => mostSimilar(own, candidates, WITHIN, office);

describe("likely the same", () => {
  test("one page is one matter, wherever, whenever and however it is told", () => {
    const other = candidate(1, "石门镇客车坠崖", { sameLink: true, codes: ["990221"], receivedAt: 0 });
    expect(similar(entry(WATER), other)).toMatchObject([{ id: other.id, why: "同一链接" }]);
  });

  test("the same place and words: with the place, the words, and how far apart", () => {
    const own = entry("幸福里小区停水仍未恢复");
    const other = candidate(1, WATER, { receivedAt: own.receivedAt - 3 * HOUR });
    expect(similar(own, other)).toMatchObject([{ why: "同在幸福里小区，提到 停水；相隔 3小时00分" }]);
  });

  test("a place within the other's counts as the same, a neighbour does not", () => {
    const own = entry(WATER);
    expect(similar(own, candidate(1, WATER, { codes: ["990100"] }))).toHaveLength(1);
    expect(similar(own, candidate(1, WATER, { codes: ["990122"] }))).toEqual([]);
    expect(similar(entry(WATER, { codes: ["990100"] }), candidate(1, WATER, { codes: ["990121"] }))).toHaveLength(1);
  });

  test("only within the hours that the office set", () => {
    const own = entry(WATER);
    expect(similar(own, candidate(1, WATER, { receivedAt: own.receivedAt - WITHIN }))).toHaveLength(1);
    expect(similar(own, candidate(1, WATER, { receivedAt: own.receivedAt - WITHIN - 1 }))).toEqual([]);
  });

  test("at most two, the likeliest first: of equals the same page, then the earliest", () => {
    const own = entry(WATER);
    const found = similar(
      own,
      candidate(3, WATER),
      candidate(2, WATER, { receivedAt: own.receivedAt - HOUR }),
      candidate(1, "幸福里停水", { receivedAt: own.receivedAt - 2 * HOUR }),
      candidate(4, WATER, { sameLink: true }),
    );
    expect(found.map((s) => s.id.slice(-3))).toEqual(["004", "002"]);
  });

  test("not the case itself, nor one of which somebody said that it is something else, on either side", () => {
    const own = entry(WATER);
    expect(similar(own, candidate(9, WATER))).toEqual([]);
    expect(similar(own, candidate(1, WATER, { sameLink: true, distinct: [own.id] }))).toEqual([]);
    const said = entry(WATER, { distinct: ["YQ-990121-20261120-001"] });
    expect(similar(said, candidate(1, WATER, { sameLink: true }))).toEqual([]);
  });
});

describe("what the index knows", () => {
  test("nothing of a case whose content is withheld", () => {
    expect(searchEntry({ ...new Desk(WATER).case, withheld: true })).toBeUndefined();
  });

  test("no account, neither as a field nor in the text", () => {
    const { case: c } = new Desk("抖音用户@路边小店老板 发视频称幸福里小区停水,网友@一只猫 转发");
    const found = searchEntry(c);
    expect(found?.text).toContain("停水");
    expect(found?.text).not.toMatch(/路边小店老板|一只猫/);
  });
});

test("what stands for a title that nobody has given makes no two reports alike", () => {
  const bare = entry("https://weibo.com/1/a 看一下");
  expect(bare.title).toContain("内容待补");
  expect(similar(bare, candidate(1, "https://weibo.com/2/b 看一下"))).toEqual([]);
});
