import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gazetteerOf } from "#core/intake/gazetteer.ts";
import { suggestUnits } from "#core/intake/units.ts";
import { homePlace, parties, SCENES } from "./generators/scenes.ts";
import { qingyan, takeReport } from "./support.ts";

const MATTERS = ["停水三天", "发生路面塌陷", "有人发帖反映停电", "昨晚起火", "多名网民称自来水发黄"];

describe("places", () => {
  it.each(Object.entries(SCENES))("give back what was meant: %s", (_name, scene) => {
    fc.assert(
      fc.property(
        scene,
        fc.constantFrom("", "今早", "网友称", "据反映，", "昨天下午，", "有人在"),
        fc.constantFrom(...MATTERS),
        fc.constantFrom("", "。抖音播放3万", "，请核实"),
        ({ text, places }, before, matter, after) => {
          expect(takeReport(before + text + matter + after).places).toEqual(places);
        },
      ),
      { seed: 9901, numRuns: 300 },
    );
  });

  it.each<[string, { text: string; code: string | null }[]]>([
    ["标题：青岩县教育局被投诉\n涉事地：城关镇人民路", [{ text: "城关镇人民路", code: "990121" }]],
    ["网传某市一小区停水，与我县无关", [{ text: "我县", code: "990121" }]],
    ["云川市教育局通报青岩县一学校停课", [{ text: "青岩县", code: "990121" }]],
    ["青岩县石门镇一处山体滑坡", [{ text: "青岩县石门镇", code: "990121" }]],
    ["青岩县石门镇黑山景区滑坡", [{ text: "青岩县石门镇黑山景区", code: "990121" }]],
    ["东岭区三条背街小巷路灯坏了", [{ text: "东岭区", code: "990102" }]],
    ["东岭区老旧小区加装电梯", [{ text: "东岭区", code: "990102" }]],
    ["云岭乡采石场塌方", [{ text: "云岭乡采石场", code: "990121" }]],
    ["城关镇夜市有人打架", [{ text: "城关镇夜市", code: "990121" }]],
    ["城关镇一小区停水", [{ text: "城关镇", code: "990121" }]],
    ["石门镇一村民家起火", [{ text: "石门镇", code: "990121" }]],
    ["石门镇卫生院门口有人拉横幅", [{ text: "石门镇卫生院门口", code: "990121" }]],
    ["东岭区万和商场起火", [{ text: "东岭区万和商场", code: "990102" }]],
    ["东岭区医院和商场停电", [{ text: "东岭区", code: "990102" }]],
    ["青岩县金桂苑一住户家漏水", [{ text: "青岩县金桂苑", code: "990121" }]],
    ["城关镇御景府3栋漏水", [{ text: "城关镇御景府", code: "990121" }]],
    ["青岩县新城业主反映停水", [{ text: "青岩县", code: "990121" }]],
    ["石门镇政府3户居民反映停水", [{ text: "石门镇", code: "990121" }]],
    ["柳溪市城中村改造", [{ text: "柳溪市", code: "990200" }]],
    ["柳溪市南湾区滨江工地施工", [{ text: "柳溪市南湾区滨江工地", code: "990202" }]],
    ["西河区滨江花园小区漏水", [{ text: "西河区滨江花园小区", code: "990103" }]],
    ["昨晚8点半左右解放路发生车祸", [{ text: "解放路", code: "990121" }]],
    ["今早20:15左右人民路追尾", [{ text: "人民路", code: "990121" }]],
    ["凌晨2点许王家村山体滑坡", [{ text: "王家村", code: "990121" }]],
    ["早上七点一刻人民路追尾", [{ text: "人民路", code: "990121" }]],
    ["昨天下午三点多石门镇街上着火", [{ text: "石门镇", code: "990121" }]],
    ["11月20日8时30分左右解放路塌陷", [{ text: "解放路", code: "990121" }]],
    ["上午10点至11点滨河大桥撞车", [{ text: "滨河大桥", code: "990121" }]],
    ["刚才解放路塌陷", [{ text: "解放路", code: "990121" }]],
    ["凌晨解放路塌陷", [{ text: "解放路", code: "990121" }]],
    ["城关镇8点左右解放路起火", [{ text: "城关镇", code: "990121" }]],
    ["昨晚9点多东岭区第一小学门口有人打架", [{ text: "东岭区第一小学门口", code: "990102" }]],
    ["昨天中午开始阳光小区停电", [{ text: "阳光小区", code: "990121" }]],
    ["昨晚8点后解放路停水", [{ text: "解放路", code: "990121" }]],
    ["有人打算去堵路", []],
    ["昨晚8点，五一路停水", [{ text: "五一路", code: "990121" }]],
    ["五一路停水", [{ text: "五一路", code: "990121" }]],
    ["八一广场停水", [{ text: "八一广场", code: "990121" }]],
    ["昨晚青岩那个撞车视频，县里啥时候发通报", [{ text: "青岩", code: "990121" }]],
  ])("are read from: %s", (text, places) => {
    expect(takeReport(text).places).toEqual(places);
  });
});

describe("units", () => {
  const FRAMES: readonly ((units: string) => string)[] = [
    (u) => `，${u}已到场`,
    (u) => `。请${u}核实`,
    (u) => `，${u}正在处理。抖音播放3万`,
    (u) => `\n涉事单位：${u}\n平台：抖音`,
  ];

  it("give back those that were named, and the ids of those that the roster knows", () => {
    fc.assert(
      fc.property(homePlace, parties, fc.constantFrom(...FRAMES), (scene, { text, units, ids }, frame) => {
        const report = takeReport(`${scene.text}停水三天${frame(text)}`);
        expect([report.units, report.unitIds]).toEqual([units, ids]);
      }),
      { seed: 9902, numRuns: 600 },
    );
  });

  it.each<[string, string[]]>([
    ["县城停水。抄送：县水务局、县住建局", []],
    ["转自县公安局值班室\n县城停水", []],
    ["县城停水，某局推诿，省水利厅已关注", []],
    ["县城停水，@县水务局 请核实", ["县水务局"]],
    ["青岩县属企业青岩县城投集团欠薪", ["青岩县城投集团"]],
    ["县城打架，城关派出所、交警大队、消防救援大队在现场", ["城关派出所", "交警大队", "消防救援大队"]],
    ["白水县青山镇政府回应称正在核实，白水县人武部已介入", ["白水县青山镇政府", "白水县人武部"]],
    ["县公安局城关派出所已处警", ["县公安局城关派出所"]],
    ["群众在县政府门口反映停水", []],
  ])("are read from: %s", (text, units) => {
    expect(takeReport(text).units).toEqual(units);
  });
});

describe("units that the duties list suggests", () => {
  const gazetteer = gazetteerOf(qingyan);

  it("say why, the best first", () => {
    expect(suggestUnits("学校食堂饭菜霉变，学生就医", gazetteer, ["青岩县"])).toEqual([
      { unitId: "jyj", name: "青岩县教育局", words: ["学校", "食堂"], score: 4 },
      { unitId: "scjg", name: "青岩县市场监管局", words: ["霉变"], score: 2 },
    ]);
  });

  it("stay those of the jurisdictions concerned", () => {
    expect(suggestUnits("停水", gazetteer, ["白水县"])).toEqual([]);
  });

  it("come in one order, however the words stand in the text", () => {
    const words = gazetteer.duties.map(([word]) => word);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...words), { maxLength: 6 }), (list) => {
        const forwards = suggestUnits(list.join("，"), gazetteer, []);
        expect(suggestUnits([...list].reverse().join("，"), gazetteer, [])).toEqual(forwards);
        expect(forwards.map((s) => s.score)).toEqual(forwards.map((s) => s.score).toSorted((a, b) => b - a));
        for (const { words: why } of forwards) expect(why.length).toBeGreaterThan(0);
      }),
      { seed: 9903, numRuns: 200 },
    );
  });
});

describe("a unit that is only named on the way", () => {
  it.each(["县教育局已派工作组", "县公安局和县应急局在现场", "县卫健委通报3人轻伤"])(
    "is told from the party: %s",
    (text) => {
      expect(takeReport(text)).toMatchObject({ unitsInPassing: true });
    },
  );

  it.each([
    "涉事单位应为县教育局",
    "由县水务局牵头处理",
    "家长投诉县教育局",
    "@县住建局 城关镇停水",
    "责任单位：县水务局",
    "县水务局不作为",
    "城关镇停水三天",
  ])("and a party from a mention: %s", (text) => {
    expect(takeReport(text)).not.toHaveProperty("unitsInPassing");
  });
});
