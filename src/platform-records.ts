import type { Accounts, Arrivals } from "#core/ports.ts";
import type { Store } from "#core/store.ts";

/** The database as one platform sees it: its own accounts and its own events. */
export function platformRecords(store: Store, platform: string): { accounts: Accounts; arrivals: Arrivals } {
  return {
    accounts: {
      all: () => store.accounts(platform),
      put: (account) => store.write((tx) => tx.putAccount(platform, account)),
    },
    arrivals: {
      take: (arrival) => store.write((tx) => tx.takeArrival(platform, arrival)),
      pending: () => store.arrivals(platform),
      finish: (id) => store.write((tx) => tx.finishArrival(platform, id)),
    },
  };
}
