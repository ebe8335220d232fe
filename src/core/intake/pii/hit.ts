import type { PiiHit } from "../types.ts";
import type { Span } from "../words.ts";

/** Personal data found in the normalised text, and what is stored instead. */
export interface Finding extends Span {
  type: PiiHit["type"];
  masked: string;
}
