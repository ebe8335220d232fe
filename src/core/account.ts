import type { Account } from "./ports.ts";

const EARLIER = "@";

/** A name that a group had before it was bound to another: messages about older cases still go to the group by it. */
export const earlierName = (group: Account): Account => ({
  ...group,
  account: `${group.account}${EARLIER}${group.name}`,
  how: "seen",
});

/** Does this stand for an earlier name, and for no account of its own? */
export const isEarlierName = ({ account }: Account): boolean => account.includes(EARLIER);

/** The platform's id behind an account or an earlier name. */
export const idOf = ({ account }: Account): string => account.split(EARLIER)[0] ?? account;

/** Nobody: an administrator took the account away, and it is not to be found again by telephone number. */
export const noAccount = (name: string, at: Account["at"]): Account => ({
  kind: "person",
  name,
  account: `none:${name}`,
  how: "admin",
  at,
  gone: at,
});
