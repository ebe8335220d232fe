import { isNothing, phoneHint, readPhone } from "./cells.ts";
import { type Draft, short } from "./draft.ts";
import type { Cell } from "./table.ts";

/** The telephone numbers of a file, one for each name. */
export class DraftPhones {
  readonly #draft: Draft;
  readonly #found = new Map<string, { phone: string; cell: Cell }>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** @param text the number as it stands in the cell */
  add(name: string, text: string, cell: Cell): void {
    if (isNothing(text)) return;
    const phone = readPhone(text);
    if (phone === undefined) {
      this.#draft.error(cell, `${name} 的电话“${short(text)}”${phoneHint(text)}`);
      return;
    }
    const twin = this.#found.get(name);
    if (!twin) this.#found.set(name, { phone, cell });
    else if (twin.phone !== phone)
      this.#draft.error(
        cell,
        `${name} 的电话和“${twin.cell.place.sheet}”第 ${twin.cell.place.row} 行的不同；同一个人请写同一个号码，同名的两个人请写成不同的名字`,
      );
  }

  /** The numbers of the roster. @param base numbers that stay where the file gives none */
  over(base: Readonly<Record<string, string>>): Record<string, string> {
    const phones = { ...base };
    for (const [name, { phone, cell }] of this.#found) {
      phones[name] = phone;
      this.#draft.put(["phones", name], cell);
    }
    return phones;
  }
}
