import type { Request } from "./feishu-server/open-api.ts";

// Which calls a fault of the service concerns.

export const sends = ({ method, path }: Request): boolean =>
  method === "POST" && path.startsWith("/open-apis/im/v1/messages");
export const sendsCard = (request: Request): boolean => sends(request) && request.body["msg_type"] === "interactive";
export const sendsToPerson = (request: Request): boolean =>
  sends(request) && request.query.get("receive_id_type") === "open_id";
export const sendsToGroup = (request: Request): boolean => sends(request) && !sendsToPerson(request);
export const edits = ({ method }: Request): boolean => method === "PATCH";
