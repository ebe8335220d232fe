/** A piece of a text; `mention` is a name with its @. */
export interface Piece {
  text: string;
  mention: boolean;
}

/** Finds "@name" of the members and of the bot in a text. Nothing else in it means anything. */
export function splitMentions(text: string, names: readonly string[]): Piece[] {
  const known = [...names, "机器人", "回应"]
    .sort((a, b) => b.length - a.length)
    .map((n) => n.replace(/[^\p{L}\p{N}]/gu, "\\$&"));
  const pattern = new RegExp(`([@＠](?:${known.join("|")}))`, "u");
  return text
    .split(pattern)
    .map((piece, i) => ({ text: piece, mention: i % 2 === 1 }))
    .filter((p) => p.text !== "");
}
