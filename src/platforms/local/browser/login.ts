import { render } from "preact";
import { useState } from "preact/hooks";
import { ApiError, post } from "./api.ts";
import { html } from "./html.ts";

/** Asks for the access token, which the server then remembers for this browser. */
function Login() {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<string>();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await post("login", {}, { token: token.trim() });
      location.reload();
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : "页面出错了，请刷新后再试。");
    }
  };
  return html`<main class="identity login">
    <header>
      <span class="avatar avatar-bot avatar-large" aria-hidden="true">回应</span>
      <h1>访问口令</h1>
      <p>口令由启动机器人的同事设置。输入一次，这个浏览器以后不再询问。</p>
    </header>
    <form onSubmit=${submit}>
      <input
        type="password"
        class="search"
        aria-label="访问口令"
        autocomplete="current-password"
        value=${token}
        onInput=${(e: InputEvent) => setToken((e.target as HTMLInputElement).value)}
      />
      ${problem && html`<p class="sheet-problem" role="alert">${problem}</p>`}
      <button type="submit" class="button primary" disabled=${token.trim() === ""}>进入</button>
    </form>
  </main>`;
}

const root = document.getElementById("app");
if (root) render(html`<${Login} />`, root);
