import { renameSync, rmSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

/** Writes a file whole: a crash leaves the old or the new one. @param mode permission bits */
export function replaceFile(file: string, content: string | Buffer, mode = 0o600): void {
  const temporary = `${file}.${pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode, flag: "wx", flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
