import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

/** Zip records are little-endian: 2 for a short, 4 for a long. */
type Field = readonly [value: number, bytes: 2 | 4];

interface Entry {
  name: string;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const VERSION = 20;
/** Sizes follow the content (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1980-01-01: the same content gives the same file. */
const DATE = 0x21;
/** Larger archives need another format. */
const MOST = 0xffff_ffff;

/** A zip archive written piece by piece: nothing is held in memory but the piece that is being packed. */
export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Adds a file; the next piece is asked for when there is room for it. */
  async add(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const entry: Entry = { name, crc: 0, packed: 0, size: 0, offset: this.#offset };
    await this.#put(localHeader(name));
    await pipeline(
      async function* () {
        for await (const piece of pieces) {
          const bytes = Buffer.from(piece);
          entry.crc = crc32(bytes, entry.crc);
          entry.size += bytes.length;
          yield bytes;
        }
      },
      createDeflateRaw(),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const bytes of packed) {
          entry.packed += bytes.length;
          await this.#put(bytes);
        }
      },
    );
    await this.#put(record(0x08074b50, ...sizes(entry)));
    this.#entries.push(entry);
  }

  /** Writes the table of contents; the archive is complete then. @throws when it became larger than 4 GB */
  async end(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#put(directoryEntry(entry));
    const count: Field = [this.#entries.length, 2];
    const size = this.#offset - start;
    if (this.#offset > MOST || this.#entries.some((e) => e.size > MOST)) throw new Error("a zip archive over 4 GB");
    await this.#put(record(0x06054b50, [0, 2], [0, 2], count, count, [size, 4], [start, 4], [0, 2]));
  }

  async #put(bytes: Buffer): Promise<void> {
    await this.#file.writeFile(bytes);
    this.#offset += bytes.length;
  }
}

const sizes = ({ crc, packed, size }: Pick<Entry, "crc" | "packed" | "size">): Field[] => [
  [crc, 4],
  [packed, 4],
  [size, 4],
];

/** What local header and table of contents say alike. */
const about = (name: string, known: Pick<Entry, "crc" | "packed" | "size">): Field[] => [
  [VERSION, 2],
  [FLAGS, 2],
  [DEFLATE, 2],
  [0, 2],
  [DATE, 2],
  ...sizes(known),
  [Buffer.byteLength(name), 2],
  [0, 2],
];

const localHeader = (name: string): Buffer =>
  Buffer.concat([record(0x04034b50, ...about(name, { crc: 0, packed: 0, size: 0 })), Buffer.from(name)]);

function directoryEntry(entry: Entry): Buffer {
  const where: Field[] = [
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [entry.offset, 4],
  ];
  return Buffer.concat([
    record(0x02014b50, [VERSION, 2], ...about(entry.name, entry), ...where),
    Buffer.from(entry.name),
  ]);
}

function record(signature: number, ...fields: Field[]): Buffer {
  const all: Field[] = [[signature, 4], ...fields];
  const bytes = Buffer.alloc(all.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  for (const [value, length] of all) at = bytes.writeUIntLE(Math.min(value, 2 ** (8 * length) - 1), at, length);
  return bytes;
}
