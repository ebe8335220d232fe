import { z } from "zod";

/*
 * What the platform answers: only the fields that are used, so that whatever else it adds or drops does not matter.
 */

export const Sent = z.object({ message_id: z.string(), chat_id: z.string().default("") });

export const Token = z.object({ code: z.literal(0), tenant_access_token: z.string().min(1), expire: z.number() });

export const Bot = z.object({
  bot: z.object({
    open_id: z.string(),
    app_name: z.string().default(""),
    /** 2: in use in this organisation. */
    activate_status: z.number().optional(),
  }),
});

export const Urged = z.object({ invalid_user_id_list: z.array(z.string()).nullish() });

/** Lists come in pages, and an empty one as nothing. */
const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item).nullish(),
    has_more: z.boolean().optional(),
    page_token: z.string().optional(),
  });

export const Readers = page(z.object({ user_id: z.string(), timestamp: z.coerce.number() }));

export const Chats = page(
  z.object({ chat_id: z.string(), name: z.string().default(""), external: z.boolean().default(false) }),
);

export const Chat = z.object({ name: z.string().default(""), external: z.boolean().default(false) });

export const Found = z.object({
  user_list: z.array(z.object({ user_id: z.string().optional(), mobile: z.string().optional() })).nullish(),
});

export const User = z.object({ user: z.object({ name: z.string().default("") }) });

export const Messages = z.object({
  items: z
    .array(
      z.object({
        message_id: z.string(),
        msg_type: z.string(),
        body: z.object({ content: z.string() }).optional(),
        sender: z.object({ id: z.string(), sender_type: z.string().optional() }).optional(),
        create_time: z.string().optional(),
        /** Of a part of a forwarded record: the message that holds it. */
        upper_message_id: z.string().optional(),
      }),
    )
    .nullish(),
});
export type MessageItem = NonNullable<z.infer<typeof Messages>["items"]>[number];

export const Scopes = z.object({
  scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).nullish(),
});
