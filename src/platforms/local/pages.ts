import { html, raw } from "hono/html";

type Html = ReturnType<typeof html>;

/** Later ones may refine earlier ones. */
const STYLES = [
  "base",
  "identity",
  "chat-list",
  "conversation",
  "card",
  "form-sheet",
  "composer",
  "attachment",
  "lapse-bar",
];

interface PageParts {
  prefix: string;
  title: string;
  /** Name of the module that runs the page. */
  script: string;
  importMap: string;
}

/** The page of the chat: everything in it is built by the browser. */
export function chatPage(prefix: string, importMap: string): Html {
  return page({ prefix, title: "回应", script: "main.ts", importMap });
}

/** Asks for the access token. */
export function loginPage(prefix: string, importMap: string): Html {
  return page({ prefix, title: "回应 · 访问口令", script: "login.ts", importMap });
}

function page({ prefix, title, script, importMap }: PageParts): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
${STYLES.map((name) => html`<link rel="stylesheet" href="${prefix}/assets/${name}.css">`)}
<script type="importmap">${raw(importMap)}</script>
<script type="module" src="${prefix}/assets/${script}"></script>
</head>
<body>
<div id="app"></div>
<noscript>本页需要浏览器启用 JavaScript。</noscript>
</body>
</html>`;
}
