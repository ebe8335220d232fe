import { levelOf, NATION } from "./region.ts";

/**
 * How governments and their offices are called, from a table of places. What stands in the table is used as it is written,
 * notes in brackets included; a code without a name stands for itself. A functional zone has no people's government: its
 * 管理委员会 and 党工委 stand in.
 */
export class Governments {
  readonly #names: Readonly<Record<string, string>>;

  constructor(names: Readonly<Record<string, string>>) {
    this.#names = names;
  }

  /** Has the place a name? */
  knows(code: string): boolean {
    return code === NATION || this.#names[code] !== undefined;
  }

  #name(code: string): string {
    return this.#names[code] ?? code;
  }

  government(code: string): string {
    if (code === NATION) return "国务院";
    return `${this.#name(code)}${isZone(code) ? "管理委员会" : "人民政府"}`;
  }

  /** 政府办公厅 of a province or municipality, 政府办公室 below. */
  office(code: string): string {
    if (code === NATION) return "国务院办公厅";
    return `${this.government(code)}${levelOf(code) === "province" ? "办公厅" : "办公室"}`;
  }

  publicity(code: string): string {
    if (code === NATION) return "中央宣传部门";
    return `${this.#name(code)}${isZone(code) ? "党工委" : "党委"}宣传部门`;
  }

  /** 本级政府办公厅(室)会同宣传部门 */
  coordinators(code: string): string[] {
    return [this.office(code), this.publicity(code)];
  }

  /** 政府主管部门, with the department's name where it is known. */
  department(code: string, owner: string | undefined): string {
    const body = code === NATION ? "国务院" : `${this.#name(code)}${isZone(code) ? "管理委员会" : "政府"}`;
    return owner === undefined ? `${body}主管部门` : `${body}主管部门:${owner}`;
  }
}

const isZone = (code: string): boolean => levelOf(code) === "zone";
