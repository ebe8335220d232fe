/** One thing that doctor looked at. attention: works, but somebody should know; wrong: does not work, or not as it should. */
export interface Check {
  name: string;
  state: "ok" | "attention" | "wrong";
  finding: string;
  /** What to do; absent when all is well. */
  mend?: string;
}

export const ok = (name: string, finding: string): Check => ({ name, state: "ok", finding });
export const attention = (name: string, finding: string, mend: string): Check => ({
  name,
  state: "attention",
  finding,
  mend,
});
export const wrong = (name: string, finding: string, mend: string): Check => ({ name, state: "wrong", finding, mend });
