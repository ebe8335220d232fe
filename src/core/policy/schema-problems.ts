import type { z } from "zod";

/** One thing that a schema found wrong, and where. */
export interface SchemaProblem {
  path: readonly PropertyKey[];
  reason: string;
}

export type Checked<T> = { value: T } | { problems: SchemaProblem[] };

/** Parses data from outside; every problem is told at once, in plain Chinese, with its path in the data. */
export function check<S extends z.ZodType>(schema: S, data: unknown): Checked<z.output<S>> {
  const parsed = schema.safeParse(data, { reportInput: true });
  return parsed.success ? { value: parsed.data } : { problems: parsed.error.issues.flatMap(leaves) };
}

/** Takes an issue apart: one leaf for each unknown field, and of a union the branch that came furthest. */
function leaves(issue: z.core.$ZodIssue): SchemaProblem[] {
  const { path } = issue;
  const field = path.filter((step) => typeof step === "string").at(-1) ?? "内容";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path: [...path, key], reason: `不认识的字段 ${key}` }));
    case "invalid_type":
      return [
        {
          path,
          reason: issue.input === undefined ? `缺少 ${field}` : `${field} 的类型不对,应为${typeName(issue.expected)}`,
        },
      ];
    case "invalid_value":
      return [{ path, reason: `${field} 只能是 ${issue.values.map(String).join("、")}` }];
    case "too_small":
      if (issue.origin === "number") return [{ path, reason: told(issue.message, field) }];
      return [{ path, reason: `${field} 不能为空` }];
    case "invalid_union": {
      const branches = issue.errors.map((branch) =>
        branch.flatMap((inner) => leaves({ ...inner, path: [...path, ...inner.path] })),
      );
      const best = branches.toSorted((a, b) => depth(b) - depth(a))[0];
      if (best && depth(best) > path.length) return best;
      return [{ path, reason: told(issue.message, field) }];
    }
    default:
      return [{ path, reason: told(issue.message, field) }];
  }
}

/** The schema's own Chinese sentence, where it has one. */
function told(message: string, field: string): string {
  return CHINESE.test(message) ? `${field}:${message}` : `${field} 的写法不对`;
}

const CHINESE = /\p{Script=Han}/u;

const depth = (branch: SchemaProblem[]): number => Math.max(0, ...branch.map((leaf) => leaf.path.length));

const TYPES: Record<string, string> = {
  string: "文字",
  number: "数字",
  int: "整数",
  array: "列表",
  object: "一组字段",
};

function typeName(expected: string): string {
  return TYPES[expected] ?? expected;
}
