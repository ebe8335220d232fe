import { type Json, newId } from "./model.ts";

const SAYINGS: Record<number, string> = {
  230001: "Your request contains an invalid request parameter",
  230002: "The bot can not be outside the group",
  230006: "Bot ability is not activated",
  230011: "The message is recalled",
  230012: "Bot is NOT the sender of the message",
  230013: "Bot has NO availability to this user",
  230018: "These operations are NOT allowed at current group settings",
  230020: "This operation triggers the frequency limit",
  230022: "The content of the message contains sensitive information",
  230023: "The user has too many unread urgent messages",
  230024: "Reach the upper limit of urgent message",
  230025: "The length of the message content reaches its limit",
  230028: "The messages do NOT pass the audit",
  230029: "The user has resigned",
  230031: "The message is older than 14 days",
  230033: "Get the reading status must be done within 7 days after the message is sent",
  230034: "The receive_id is invalid",
  230035: "Send Message Permission deny",
  230050: "The message is invisible to the operator",
  230053: "The user has stopped the bot from sending messages",
  230054: "This operation is not supported for this message type",
  230099: "Failed to create card content",
  230110: "Action unavailable as the message has been deleted",
  231001: "reaction type is invalid",
  231003: "The message is not found, maybe not exist or deleted",
  231008: "The operator has no access to the message",
  232006: "Your request specifies a chat_id which is invalid",
  232009: "Your request specifies a chat which has already been dissolved",
  232011: "Operator can NOT be out of the chat",
  234001: "Invalid request param",
  234003: "File not in msg",
  234043: "Unsupported message type",
  41012: "user id invalid error",
  41050: "no user authority error",
  99991400: "request trigger frequency limit",
  99991661: "Missing access token for authorization",
  99991663: "Invalid access token for authorization",
};

interface RefusalOptions {
  /** What the real service appends to its sentence after "ext=". */
  ext?: string;
  status?: number;
  headers?: Record<string, string>;
  /** Replaces the usual sentence of the code. */
  message?: string;
  /** More about the error, beside log_id. */
  details?: Json;
}

/** A refused call: HTTP status, code of Feishu and its sentence. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly #details: Json;

  constructor(code: number, options: RefusalOptions = {}) {
    const ext = options.ext === undefined ? "" : `, ext=${options.ext}`;
    super(`${options.message ?? SAYINGS[code] ?? "error"}${ext}`);
    this.name = "Refusal";
    this.code = code;
    this.status = options.status ?? 400;
    this.headers = options.headers ?? {};
    this.#details = options.details ?? {};
  }

  get body(): Json {
    const logId = newId.log();
    const troubleshooter = `https://open.feishu.cn/search?from=openapi&log_id=${logId}&code=${this.code}`;
    return { code: this.code, msg: this.message, error: { log_id: logId, troubleshooter, ...this.#details } };
  }
}

/** A card that the service does not take, with the code of the reason inside the sentence, as the service answers. */
export function cardRefusal(code: number, reason: string, value?: unknown): Refusal {
  const which =
    value === undefined ? "" : ` ErrorValue: ${typeof value === "string" ? value : JSON.stringify(value)}; `;
  return new Refusal(230099, { ext: `ErrCode: ${code}; ErrMsg: ${reason};${which}` });
}
