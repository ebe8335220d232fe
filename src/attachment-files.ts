import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttachmentFiles } from "#core/ports.ts";

/**
 * Contents of attachments in a folder of their own beside the database, one file each, named by its SHA-256: the same content
 * is kept once, and never executed, served or opened by the program.
 * @param data the data folder (HUIYING_DATA)
 */
export function attachmentFiles(data: string): AttachmentFiles {
  const folder = join(data, "attachments");
  const fileOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a SHA-256");
    return join(folder, sha256);
  };
  return {
    async keep(sha256, content) {
      const file = fileOf(sha256);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Written aside first: after a crash there is the whole content or none.
      await writeFile(`${file}.part`, content, { mode: 0o600, flush: true });
      await rename(`${file}.part`, file);
    },
    async forget(sha256) {
      await rm(fileOf(sha256), { force: true });
    },
  };
}
