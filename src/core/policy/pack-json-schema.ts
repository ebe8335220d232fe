import { z } from "zod";
import { PackSchema } from "./pack.ts";
import { PACK_FIELDS } from "./pack-fields.ts";

type Node = Record<string, unknown>;

/**
 * JSON Schema of a rule pack, for editors that complete and check while somebody types. The program itself checks with the
 * schema that this is made from.
 */
export function packJsonSchema(): Node {
  const schema = z.toJSONSchema(PackSchema, { io: "input" }) as Node;
  return { ...(described(schema, "") as Node), title: "回应规则包", description: "一份政策文件,一个文件" };
}

/** Fields of the schema that nobody has described. */
export function undescribedFields(): string[] {
  const missing = new Set<string>();
  described(z.toJSONSchema(PackSchema, { io: "input" }), "", (path) => missing.add(path));
  return [...missing];
}

/** The same schema with a sentence beside each property; lists and alternatives do not lengthen the path. */
function described(node: unknown, path: string, missing?: (path: string) => void): unknown {
  if (Array.isArray(node)) return node.map((item) => described(item, path, missing));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => [
      key,
      key === "properties" ? properties(value as Node, path, missing) : described(value, path, missing),
    ]),
  );
}

function properties(fields: Node, path: string, missing?: (path: string) => void): Node {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const at = path === "" ? name : `${path}.${name}`;
      const description = PACK_FIELDS[at];
      if (description === undefined) missing?.(at);
      return [
        name,
        { ...(description === undefined ? {} : { description }), ...(described(field, at, missing) as Node) },
      ];
    }),
  );
}
