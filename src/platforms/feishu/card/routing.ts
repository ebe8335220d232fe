import { z } from "zod";

/*
 * What a button sends back. A press carries the value of its callback; a form is sent by a button whose value some clients
 * leave out and whose name others leave out, so both hold the same. Keys are one letter: every card carries many of them.
 */

const Values = z.record(z.string(), z.string());

const Command = z.object({
  /** The chat command. */
  a: z.string().min(1),
  /** Values of the button. */
  v: Values,
  /** Label of the button whose form is to be opened. */
  o: z.string().optional(),
  /** The message from which the form was opened. */
  m: z.string().optional(),
  /** Fields of the form that send something else than what was typed: an account, a time with its zone, a choice or none. */
  k: z.record(z.string(), z.enum(["account", "time", "choice"])).optional(),
});
const Page = z.object({ p: z.int().min(1) });
const Back = z.object({ b: z.string() });

export const Route = z.union([Command, Page, Back]);
export type Route = z.infer<typeof Route>;
export type Kinds = Readonly<NonNullable<z.infer<typeof Command>["k"]>>;

const PREFIX = "go.";

/** The route as the name of a button: ASCII, whatever the values hold. */
export const nameOfRoute = (route: Route): string =>
  PREFIX + Buffer.from(JSON.stringify(route), "utf8").toString("base64url");

/** The route that a button's name holds, if it is one. */
export function routeOfName(name: string | undefined): Route | undefined {
  if (!name?.startsWith(PREFIX)) return undefined;
  try {
    return Route.safeParse(JSON.parse(Buffer.from(name.slice(PREFIX.length), "base64url").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
