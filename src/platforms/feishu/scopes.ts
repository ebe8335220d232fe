/**
 * What the app must be granted in the console of the open platform. Setting up, doctor and the handbook read these lists, so
 * that they cannot drift apart.
 */
export interface Scope {
  scope: string;
  /** What stops working without it. */
  purpose: string;
  /** Without it the bot is of no use; the others only switch off the one thing they name. */
  required: boolean;
  /** Needs an administrator's approval and cannot be preset. */
  sensitive?: true;
}

export const SCOPES: readonly Scope[] = [
  { scope: "im:message:send_as_bot", purpose: "以机器人身份发送、回复、更新消息", required: true },
  { scope: "im:message.p2p_msg:readonly", purpose: "接收发给机器人的私聊消息", required: true },
  { scope: "im:message.group_at_msg:readonly", purpose: "接收群里 @机器人 的消息", required: true },
  {
    scope: "im:message.group_msg",
    purpose: "接收群里没有 @机器人 的消息，直接发“/舆情”即可；没有时每次都要 @机器人",
    required: false,
    sensitive: true,
  },
  {
    scope: "im:message:readonly",
    purpose: "取消息里的图片和文件算出指纹、读转发的聊天记录、查谁已读",
    required: true,
  },
  { scope: "im:resource", purpose: "取消息里的图片和文件", required: true },
  { scope: "im:chat:readonly", purpose: "查看机器人所在的群，认出值班群", required: true },
  {
    scope: "im:chat.access_event.bot_p2p_chat:read",
    purpose: "有人第一次打开机器人时给出用法",
    required: false,
  },
  { scope: "contact:user.id:readonly", purpose: "用通讯录的手机号找到对应的飞书账号", required: true },
  { scope: "contact:user.base:readonly", purpose: "显示通讯录以外报送人的姓名", required: false },
  { scope: "contact:contact.base:readonly", purpose: "读取通讯录的基本信息，查姓名时要用", required: false },
  { scope: "im:message.reactions:read", purpose: "收到给消息加的表情，视为已读", required: false },
  { scope: "im:message.urgent", purpose: "临近时限时应用内加急", required: false },
  { scope: "im:message.urgent:sms", purpose: "到时限时短信加急，占用单位额度", required: false },
  { scope: "im:message.urgent:phone", purpose: "超时限时电话加急，占用单位额度", required: false },
];

export interface Subscription {
  /** Name of the event as in the console and on the wire. */
  event: string;
  purpose: string;
  required: boolean;
}

/** To be added in the console on 事件与回调 under 事件配置. */
export const EVENTS: readonly Subscription[] = [
  { event: "im.message.receive_v1", purpose: "收到消息", required: true },
  { event: "im.message.recalled_v1", purpose: "消息撤回", required: true },
  { event: "im.message.message_read_v1", purpose: "私聊消息已读", required: false },
  { event: "im.message.reaction.created_v1", purpose: "给消息加表情，视为已读", required: false },
  { event: "im.message.reaction.deleted_v1", purpose: "取消表情", required: false },
  { event: "im.chat.member.bot.added_v1", purpose: "机器人进群", required: true },
  { event: "im.chat.member.bot.deleted_v1", purpose: "机器人被移出群", required: true },
  { event: "im.chat.disbanded_v1", purpose: "群解散", required: false },
  { event: "im.chat.updated_v1", purpose: "群改名", required: false },
  { event: "im.chat.member.user.deleted_v1", purpose: "有人退群", required: false },
  { event: "im.chat.access_event.bot_p2p_chat_entered_v1", purpose: "第一次打开机器人时给出用法", required: false },
  { event: "application.bot.menu_v6", purpose: "机器人菜单", required: false },
];

/** To be added under 回调配置, which is a page of its own: added under events instead, presses fail with code 200340. */
export const CALLBACKS: readonly Subscription[] = [
  { event: "card.action.trigger", purpose: "卡片上的按钮和表单", required: true },
];
