import type { Pack } from "./pack.ts";
import type { PackProblem, ParsedPack } from "./parse-pack.ts";

/** A pack that was read, with where it came from. */
export interface PackFile {
  file: string;
  parsed: Extract<ParsedPack, { pack: Pack }>;
}

/**
 * What no file shows by itself: ids that occur twice, and packs that are added to but not there.
 * @param unread ids of packs that are there and were not read
 */
export function checkTogether(files: readonly PackFile[], unread: readonly string[] = []): PackProblem[] {
  const packs = new Map<string, string>();
  const obligations = new Map<string, string>();
  const problems: PackProblem[] = [];
  for (const { file, parsed } of files) {
    const report = (path: readonly PropertyKey[], reason: string): void => {
      problems.push({ file, ...parsed.at(path), reason });
    };
    const { pack } = parsed;
    const twin = packs.get(pack.id);
    if (twin !== undefined) report(["id"], `规则包 ${pack.id} 在 ${twin} 里已有`);
    packs.set(pack.id, file);
    pack.obligations.forEach((o, i) => {
      const other = obligations.get(o.id);
      if (other !== undefined) report(["obligations", i, "id"], `条目 ${o.id} 在 ${other} 里已有`);
      obligations.set(o.id, file);
    });
  }
  for (const { file, parsed } of files)
    parsed.pack.extends.forEach((id, i) => {
      if (!packs.has(id) && !unread.includes(id) && !id.startsWith("<"))
        problems.push({ file, ...parsed.at(["extends", i]), reason: `extends 里的 ${id} 没有对应的规则包文件` });
    });
  return problems;
}

/** "rules/cn.gb61.yaml:12:5 缺少 article" */
export function problemText({ file, line, column, reason }: PackProblem): string {
  return `${file}:${line}:${column} ${reason}`;
}
