import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What the service answers when it is asked whether somebody has confirmed. */
type Poll = Record<string, unknown>;

export const PENDING: Poll = { error: "authorization_pending" };
export const confirmed = (appId: string, appSecret: string, brand = "feishu"): Poll => ({
  client_id: appId,
  client_secret: appSecret,
  user_info: { open_id: "ou_0123456789abcdef0123456789abcdef", tenant_brand: brand },
});
export const refused = (error: string): Poll => ({ error, error_description: "as the test says" });

/** The accounts service on 127.0.0.1, over HTTPS with a certificate of its own: apps are registered nowhere else. */
export class RegistrationServer {
  /** What becomes of the first question. */
  page: "given" | "never" | "missing" = "given";
  /** Answers in turn; the last one again and again. */
  polls: Poll[] = [PENDING];
  /** Everything that was asked. */
  readonly asked: URLSearchParams[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "huiying-certificate-"));
  readonly #server: Server;

  private constructor() {
    const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1
      -addext subjectAltName=IP:127.0.0.1 -keyout ${join(this.#folder, "key.pem")} -out ${this.certificate}`;
    execFileSync("openssl", made.split(/\s+/), { stdio: "ignore" });
    const tls = { key: readFileSync(join(this.#folder, "key.pem")), cert: readFileSync(this.certificate) };
    this.#server = createServer(tls, (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<RegistrationServer> {
    const server = new RegistrationServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Host and port, for --accounts-domain. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** File for NODE_EXTRA_CA_CERTS. */
  get certificate(): string {
    return join(this.#folder, "certificate.pem");
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await text(request));
    this.asked.push(body);
    const begins = body.get("action") === "begin";
    if (begins && this.page === "never") return;
    const answer = begins ? this.#begin() : this.polls.length > 1 ? this.polls.shift() : this.polls[0];
    response.writeHead(answer?.["error"] ? 400 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  }

  #begin(): Poll {
    if (this.page === "missing") return {};
    return {
      device_code: "device-code-of-the-test",
      verification_uri_complete: `https://${this.host}/page/launcher?user_code=ABCD-EFGH`,
      expires_in: 600,
      interval: 0.02,
    };
  }
}
