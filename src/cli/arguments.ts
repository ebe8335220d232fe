import { InvalidArgumentError } from "commander";

// Values of the command line. What is wrong with one is a sentence for the person who typed it.

export const port = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n > 65535) throw new InvalidArgumentError("端口应为 0 到 65535 的整数。");
  return n;
};

export const count = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 100 || n > 1_000_000) throw new InvalidArgumentError("应为 100 到 1000000 的整数。");
  return n;
};

export const list = (text: string): string[] =>
  text
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean);

export const rowNumbers = (text: string): number[] =>
  list(text).map((t) => {
    const n = Number(t);
    if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError("行号应为正整数,例如 7,12。");
    return n;
  });
