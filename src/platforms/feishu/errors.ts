import { isAxiosError } from "axios";
import { z } from "zod";
import { DeliveryError } from "#core/ports.ts";
import { adviceFor } from "./advice.ts";

export interface FeishuErrorDetails {
  /** Code of the platform; undefined when there was no answer of it. */
  code?: number;
  /** What is wrong with a card, inside of code 230099. */
  subCode?: number;
  /** HTTP status. */
  status?: number;
  retryAfterMs?: number;
  /** By which the platform's support finds the call. */
  logId?: string;
  /** Without an answer: code of the network layer, such as ECONNRESET. */
  network?: string;
  /** Any one of these scopes would do. */
  scopes?: string[];
}

/**
 * A call that failed. It carries codes and nothing else: texts of the platform repeat parts of messages, and errors of the
 * network layer contain the request with its secrets. It has no cause for the same reason.
 */
export class FeishuError extends Error implements FeishuErrorDetails {
  readonly loggable = true;
  declare readonly code?: number;
  declare readonly subCode?: number;
  declare readonly status?: number;
  declare readonly retryAfterMs?: number;
  declare readonly logId?: string;
  declare readonly network?: string;
  declare readonly scopes?: string[];

  constructor(details: FeishuErrorDetails) {
    super(describe(details));
    this.name = "FeishuError";
    Object.assign(this, details);
  }
}

const Refusal = z.object({
  code: z.number(),
  msg: z.string().optional().catch(undefined),
  error: z
    .object({
      log_id: z.string().optional().catch(undefined),
      permission_violations: z
        .array(z.object({ subject: z.string() }))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const MISSING_SCOPE = 99991672;

/** Reads an answer that refuses: a body whose code is not 0. An unreadable body becomes an error without code. */
export function refusal(body: unknown, status?: number, headers: unknown = {}): FeishuError {
  const read = Refusal.safeParse(body);
  const retryAfterMs = waitAsked(headers);
  const common = {
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  if (!read.success || read.data.code === 0) return new FeishuError(common);
  const { code, msg = "", error } = read.data;
  const sub = /ErrCode:\s*(\d{1,12})/.exec(msg)?.[1];
  return new FeishuError({
    ...common,
    code,
    ...(sub ? { subCode: Number(sub) } : {}),
    ...(error?.log_id && /^[\w-]{1,80}$/.test(error.log_id) ? { logId: error.log_id } : {}),
    ...(code === MISSING_SCOPE
      ? {
          scopes: scopesIn(
            msg,
            error?.permission_violations?.map((v) => v.subject),
          ),
        }
      : {}),
  });
}

/** Turns whatever a call threw into an error that may be shown and logged. */
export function feishuError(error: unknown): FeishuError | DeliveryError {
  if (error instanceof FeishuError || error instanceof DeliveryError) return error;
  if (!isAxiosError(error)) return new FeishuError({ network: "UNKNOWN" });
  if (error.response) return refusal(error.response.data, error.response.status, error.response.headers);
  return new FeishuError({ network: error.code ?? "UNKNOWN" });
}

/**
 * What the outbox has to know of a failure, and a sentence for administrators.
 * @param doing an urgent channel that is not granted is no use trying again, a message is kept until it is
 */
export function deliveryError(error: unknown, doing: "send" | "urge" = "send"): DeliveryError {
  const failure = feishuError(error);
  if (failure instanceof DeliveryError) return failure;
  const { text, retry, tries, passing, unreachable } = adviceFor(failure);
  const again = retry !== undefined && (passing || doing === "send");
  const wait = failure.retryAfterMs ?? retry;
  return new DeliveryError(
    failure.code === undefined ? text : `${text.replace(/。$/, "")}（飞书代码 ${codesOf(failure)}）。`,
    {
      retry: again,
      ...(again && wait ? { retryAfterMs: wait } : {}),
      ...(tries ? { tries } : {}),
      ...(unreachable ? { unreachable } : {}),
      cause: failure,
    },
  );
}

const INVALID_TOKEN = 99991663;
const CARD_FAILED = 230099;
const INVALID_MENTION = 100290;

export const isTokenRefused = (error: unknown): boolean => error instanceof FeishuError && error.code === INVALID_TOKEN;

/** The platform does not take this card whatever is done; a plain text may pass. */
export const isCardRefused = (error: unknown): boolean =>
  error instanceof FeishuError && [CARD_FAILED, 230001, 230025].includes(error.code ?? 0);

/** What the message says may not be sent, in whatever form. */
export const isContentRefused = (error: unknown): boolean =>
  error instanceof FeishuError && [230022, 230028].includes(error.code ?? 0);

/** One id that is mentioned is unknown, and with it the whole card is refused. */
export const isMentionRefused = (error: unknown): boolean =>
  error instanceof FeishuError && error.code === CARD_FAILED && error.subCode === INVALID_MENTION;

/** Nothing can be sent in this way until somebody has mended a setting. */
export const needsMending = (error: unknown): error is FeishuError => {
  const { retry, passing } = error instanceof FeishuError ? adviceFor(error) : {};
  return retry !== undefined && !passing;
};

/** The message that is edited or answered exists no longer: recalled or deleted. */
export const isMessageGone = (error: unknown): boolean =>
  error instanceof FeishuError && [230011, 230110].includes(error.code ?? 0);

const codesOf = ({ code, subCode }: FeishuErrorDetails): string => [code, subCode].filter(Boolean).join("/");

function describe(details: FeishuErrorDetails): string {
  const { code, status, logId, network } = details;
  if (network !== undefined) return `飞书没有回答：${network}`;
  const facts = [
    code === undefined ? "回答无法读取" : `代码 ${codesOf(details)}`,
    status === undefined ? "" : `HTTP ${status}`,
    logId ? `log_id ${logId}` : "",
  ];
  return `飞书拒绝了请求：${facts.filter(Boolean).join("，")}`;
}

const Wait = z.coerce.number().positive().max(3600);

/** Milliseconds that the platform asks to wait. */
function waitAsked(headers: unknown): number | undefined {
  // A class of axios, whose own fields are the headers.
  const given: Record<string, unknown> = { ...(typeof headers === "object" ? headers : {}) };
  for (const name of ["x-ogw-ratelimit-reset", "retry-after"]) {
    const seconds = Wait.safeParse(given[name]).data;
    if (seconds !== undefined) return Math.ceil(seconds * 1000);
  }
  return undefined;
}

/** Names of scopes are all that is taken out of a text of the platform, and only in the shape of one. */
function scopesIn(msg: string, listed: string[] = []): string[] {
  const shape = /\b[a-z][a-z_]*(?::[a-z][a-z_.0-9]*)+/g;
  return [...new Set(`${listed.join(" ")} ${msg.replace(/https?:\S*/g, "")}`.match(shape) ?? [])].slice(0, 8);
}
