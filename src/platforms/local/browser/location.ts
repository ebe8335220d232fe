import { useEffect, useState } from "preact/hooks";

/** Who this window is and what it shows. Kept in the address only, so that two windows are two people. */
export interface Place {
  as?: string;
  chat?: string;
}

export function placeOf(hash: string): Place {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const as = query.get("as");
  const chat = query.get("chat");
  return { ...(as ? { as } : {}), ...(chat ? { chat } : {}) };
}

export function hashOf(place: Place): string {
  return `#${new URLSearchParams({ ...place })}`;
}

/** Goes to a place; the browser's "back" leads to the one before. */
export function goTo(place: Place): void {
  location.hash = hashOf(place);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const changed = (): void => setPlace(placeOf(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return place;
}
