/** Stable codes for failures that a person can do something about. Branch on the code, never on the text. */
export type ErrorCode =
  | "bad-config"
  | "bad-roster"
  | "bad-rules"
  | "bad-input"
  | "bad-command-file"
  | "database"
  | "not-found"
  | "platform"
  | "refused";

/** An expected failure. `message` is one readable Chinese sentence that says what to do; it is safe to show to users. */
export class BotError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BotError";
    this.code = code;
  }
}
