import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });

/** 著 that is a noun or part of one stays; elsewhere it is the particle 着 (著火, 看著). */
const PARTICLE_ZHE = /(?<![名显編编原论遗专卓合译巨拙土昭])著(?![名作称者述录书文])/g;

/**
 * Traditional to simplified characters, phrase by phrase, with the length kept: position i of the result stands for
 * position i of the input. Runs whose length would change are converted character by character.
 */
export function simplify(text: string): string {
  const whole = tidy(convert(text));
  if (whole.length === text.length) return whole;
  return text
    .split(/(?<=[\n。，；])/)
    .map((run) => {
      const result = tidy(convert(run));
      return result.length === run.length ? result : tidy(Array.from(run, simplifyCharacter).join(""));
    })
    .join("");
}

function simplifyCharacter(character: string): string {
  const result = convert(character);
  return result.length === character.length ? result : character;
}

/** 苧 is both a traditional character and the simplified form of 薴; going on to 苎 keeps the conversion stable. */
function tidy(text: string): string {
  return text.replace(PARTICLE_ZHE, "着").replaceAll("苧", "苎");
}
