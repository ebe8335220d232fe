import { contentOf, nodesOf } from "./card-tree.ts";
import { isObject, type Json, list, type Message, text } from "./model.ts";

type NameOf = (openId: string) => string | undefined;

/** What a reader sees of markdown: entities decoded, mentions as names, marks gone. */
function markdownText(markdown: string, nameOf: NameOf): string {
  return markdown
    .replaceAll(/<at\s+(?:user_)?id=["']?([^\s"'>]+)["']?\s*>(?:<\/at>)?/g, (_, id: string) =>
      id === "all" ? "@所有人" : `@${nameOf(id) ?? id}`,
    )
    .replaceAll(/<br\s*\/?>/g, "\n")
    .replaceAll(/<local_datetime[^<>]*millisecond=["']?(\d+)["']?[^<>]*>(?:<\/local_datetime>)?/g, "[$1]")
    .replaceAll(/<\/?[a-z_]+(?:\s[^<>]*)?>/g, "")
    .replaceAll(/\*\*|~~/g, "")
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const textObject = (value: unknown, nameOf: NameOf): string =>
  isObject(value) && value["tag"] !== "plain_text" ? markdownText(contentOf(value), nameOf) : contentOf(value);

function cardText(card: Json, nameOf: NameOf): string {
  const header = isObject(card["header"]) ? card["header"] : {};
  const lines = [textObject(header["title"], nameOf), textObject(header["subtitle"], nameOf)];
  for (const tag of list(header["text_tag_list"])) if (isObject(tag)) lines.push(contentOf(tag["text"]));
  for (const { element, tag } of nodesOf(card)) {
    if (tag === "markdown") lines.push(markdownText(text(element["content"]), nameOf));
    if (tag === "person") lines.push(nameOf(text(element["user_id"])) ?? "");
    if (isObject(element["header"])) lines.push(textObject(element["header"]["title"], nameOf));
    for (const key of ["label", "text"]) lines.push(textObject(element[key], nameOf));
    if (element["default_value"] === undefined) lines.push(contentOf(element["placeholder"]));
    lines.push(text(element["default_value"]));
    for (const option of list(element["options"])) if (isObject(option)) lines.push(contentOf(option["text"]));
    if (tag === "table") lines.push(...tableLines(element));
  }
  return lines.filter((line) => line !== "").join("\n");
}

function tableLines(table: Json): string[] {
  const columns = list(table["columns"]).filter(isObject);
  const rows = list(table["rows"]).filter(isObject);
  const head = columns.map((column) => text(column["display_name"])).join(" ");
  const cell = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  return [head, ...rows.map((row) => columns.map((column) => cell(row[text(column["name"])])).join(" "))];
}

function postText(post: Json, nameOf: NameOf): string {
  const body = list(post["content"]).length > 0 ? post : (Object.values(post).find(isObject) ?? {});
  const paragraphs = list(body["content"]).map((paragraph) =>
    list(paragraph)
      .filter(isObject)
      .map((item) => {
        if (item["tag"] === "at") return `@${text(item["user_name"]) || (nameOf(text(item["user_id"])) ?? "")}`;
        return item["tag"] === "md" ? markdownText(text(item["text"]), nameOf) : text(item["text"]);
      })
      .join(""),
  );
  return [text(body["title"]), ...paragraphs].filter((line) => line !== "").join("\n");
}

/** Everything of a message that can be read on a screen; options of a select and closed panels included. */
export function visibleText(
  message: Pick<Message, "type" | "content" | "mentions" | "recalled">,
  nameOf: NameOf,
): string {
  const { content } = message;
  if (message.recalled) return "";
  if (!isObject(content)) return text(content);
  if (message.type === "interactive") return cardText(content, nameOf);
  if (message.type === "post") return postText(content, nameOf);
  if (message.type !== "text") return text(content["file_name"]);
  const names = new Map(message.mentions.map(({ key, name }) => [key, name]));
  return text(content["text"])
    .replaceAll(/<at user_id="([^"]*)">(?:[^<]*<\/at>)?/g, (_, id: string) =>
      id === "all" ? "@所有人" : `@${nameOf(id) ?? id}`,
    )
    .replaceAll(/@_user_\d+/g, (key) => (names.has(key) ? `@${names.get(key)}` : key))
    .replaceAll("@_all", "@所有人");
}
