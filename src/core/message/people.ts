/** Whom to tell: everybody once, without empty posts and those who know already. */
export const people = (names: readonly string[], ...except: string[]): string[] =>
  [...new Set(names)].filter((n) => n !== "" && !except.includes(n));
