import { isNothing } from "./cells.ts";
import type { Cell, Place } from "./table.ts";

/** What a person has to put right in a file (error) or should know (note). */
export interface Finding {
  kind: "error" | "note";
  /** One Chinese sentence. */
  text: string;
  /** Undefined for what stands nowhere in the file. */
  place?: Place | { row: number; column: number };
}

/** What is found while a file is read, and where each value of the roster that comes of it stands in the file. */
export class Draft {
  readonly findings: Finding[] = [];
  readonly #places = new Map<string, Place>();

  error(at: Cell | Place, text: string): undefined {
    this.findings.push({ kind: "error", text, place: placeOf(at) });
  }

  note(at: Cell | Place, text: string): undefined {
    this.findings.push({ kind: "note", text, place: placeOf(at) });
  }

  /** Remembers that the value at a path of the roster comes from a cell. */
  put(path: readonly PropertyKey[], at: Cell | Place | undefined): void {
    if (at) this.#places.set(keyOf(path), placeOf(at));
  }

  /** Where the value at a path, or what it is part of, stands. */
  at(path: readonly PropertyKey[]): Place | undefined {
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(keyOf(path.slice(0, length)));
      if (place) return place;
    }
    return undefined;
  }

  /** Reads a cell that may be empty; what cannot be read is an error that says what may stand there. */
  read<T>(cell: Cell | undefined, reader: (text: string) => T | undefined, takes: string): T | undefined {
    if (!cell || isNothing(cell.text)) return undefined;
    return reader(cell.text) ?? this.error(cell, `“${short(cell.text)}”看不懂，可填 ${takes}`);
  }
}

const placeOf = (at: Cell | Place): Place => ("place" in at ? at.place : at);

const keyOf = (path: readonly PropertyKey[]): string => path.map(String).join("\u0000");

export const short = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);
