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
  readonly loggable = true;
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BotError";
    this.code = code;
  }
}

/** May the message be written to the log? Only of errors that repeat nothing of what people wrote, and no secret. */
export const isLoggable = (error: unknown): error is Error =>
  error instanceof Error && "loggable" in error && error.loggable === true;
