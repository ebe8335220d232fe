import { renameSync, rmSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

/**
 * Writes a file whole: a crash leaves the old or the new one.
 * @param mode permission bits
 * @param check looks at the new file before it takes the place of the old one, and throws to keep the old one
 */
export function replaceFile(
  file: string,
  content: string,
  { mode = 0o600, check }: { mode?: number; check?: (written: string) => void } = {},
): void {
  const temporary = `${file}.${pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode, flag: "wx", flush: true });
    check?.(temporary);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
