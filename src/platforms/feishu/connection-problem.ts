import { z } from "zod";
import { deliveryError } from "./errors.ts";

/** Why the long connection is down. */
export interface Problem {
  /** The same for the same cause. */
  key: string;
  /** What happened and what to do, for administrators. */
  text: string;
  /** Does not pass by itself: somebody has to do something. */
  lasting: boolean;
}

const BY_CODE: Readonly<Record<number, Omit<Problem, "key">>> = {
  1: { text: "飞书长连接服务繁忙，稍后自动重连。", lasting: false },
  403: {
    text: "飞书不允许建立长连接：请到开放平台“事件与回调”把订阅方式设为“使用长连接接收事件”，并发布新版本。",
    lasting: true,
  },
  514: {
    text: "飞书长连接认证失败：请核对 .env 里的 FEISHU_APP_ID 和 FEISHU_APP_SECRET，并确认应用已经发布。",
    lasting: true,
  },
  1000040343: { text: "飞书长连接服务内部错误，稍后自动重连。", lasting: false },
  1000040350: {
    text: "这个应用的长连接已满 50 个：请停掉其他使用同一个应用的程序，它们会分走本机器人的消息。",
    lasting: true,
  },
};

const Endpoint = z.object({ code: z.number(), data: z.object({ URL: z.string() }).nullish().catch(undefined) });

/** What the answer to "where do I connect" says; undefined when it gives an address. */
export function endpointProblem(body: unknown): Problem | undefined {
  const { data: answer } = Endpoint.safeParse(body);
  if (answer?.code === 0 && answer.data) return undefined;
  if (!answer || answer.code === 0) {
    return { key: "connection:answer", text: "飞书没有给出长连接的地址，稍后自动重连。", lasting: false };
  }
  const known = BY_CODE[answer.code] ?? {
    text: `飞书拒绝建立长连接（代码 ${answer.code}）：请核对应用凭证和“事件与回调”的订阅方式。`,
    lasting: true,
  };
  return { key: `connection:${answer.code}`, ...known };
}

/** Asking where to connect failed on the way. */
export function networkProblem(error: unknown): Problem {
  return { key: "connection:network", text: deliveryError(error).message, lasting: false };
}

export const HANDSHAKE_FAILED: Problem = {
  key: "connection:handshake",
  text: "飞书长连接没有建立成功：请检查单位网关是否放行 WebSocket（wss），稍后会自动重连。",
  lasting: false,
};

export const CONNECTION_LOST: Problem = {
  key: "connection:lost",
  text: "飞书长连接断开，正在重连。",
  lasting: false,
};

/** The same, once it has lasted: sending may still work, so that nobody else would notice that nothing comes in. */
export function outage(problem: Problem): Problem {
  if (problem.lasting) return problem;
  return { key: `${problem.key}:long`, text: `较长时间收不到飞书的消息。${problem.text}`, lasting: true };
}
