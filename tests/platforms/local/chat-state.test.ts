import { describe, expect, test } from "vitest";
import {
  type ChatState,
  fromSnapshot,
  readers,
  withMessage,
  withOutgoing,
  withPage,
  withRead,
} from "#src/platforms/local/browser/chat-state.ts";
import type { MessageView, StateView } from "#src/platforms/local/views.ts";
import { DUTY, START } from "./fixture.ts";

const members = ["周敏", "孙浩"].map((name) => ({ name, post: "" }));
const snapshot: StateView = {
  me: { name: "周敏", post: "" },
  chats: [{ id: DUTY, kind: "group", title: "值班群", members, unread: 0, mentioned: false, marks: {} }],
  clock: { now: START, speed: 1 },
  cursor: "x.0",
};

function message(seq: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${seq}`,
    seq,
    rev: seq,
    chat: DUTY,
    at: START,
    state: "shown",
    mentions: [],
    attachments: [],
    ...more,
  };
}

const duty = (state: ChatState) => state.chats.find((c) => c.id === DUTY);
const ids = (state: ChatState) => duty(state)?.messages.map((m) => m.id);

describe("what a window knows", () => {
  test("keeps messages that come while the first page is under way", () => {
    let state = withMessage(fromSnapshot(snapshot), message(3));
    state = withPage(state, DUTY, { messages: [message(1), message(2)], more: false });
    expect(ids(state)).toEqual(["m1", "m2", "m3"]);
  });

  test("takes a newer state of a message and never an older one", () => {
    let state = withMessage(fromSnapshot(snapshot), message(1, { rev: 5, text: "新" }));
    state = withMessage(state, message(1, { rev: 4, text: "旧" }));
    expect(duty(state)?.messages).toMatchObject([{ text: "新" }]);
    expect(duty(state)?.unread).toBe(1);
  });

  test("counts others' messages as unread, and an edit of an old one not", () => {
    let state = withMessage(fromSnapshot(snapshot), message(1));
    state = withMessage(state, message(2, { from: "周敏" }));
    state = withMessage(state, message(3, { mentions: ["周敏"] }));
    state = withMessage(state, message(1, { rev: 9 }));
    expect(duty(state)).toMatchObject({ unread: 2, mentioned: true, last: { id: "m3" } });
    state = withRead(state, { chat: DUTY, person: "周敏", seq: 3 });
    expect(duty(state)).toMatchObject({ unread: 0, mentioned: false });
  });

  test("replaces what is being sent by what arrived, by its key", () => {
    let state = withOutgoing(fromSnapshot(snapshot), {
      clientKey: "k1",
      chat: DUTY,
      text: "甲",
      files: [],
      failed: false,
    });
    state = withOutgoing(state, { clientKey: "k2", chat: DUTY, text: "乙", files: [], failed: false });
    state = withMessage(state, message(1, { from: "周敏", clientKey: "周敏 k1" }));
    expect(state.outgoing.map((o) => o.clientKey)).toEqual(["k2"]);
    // Somebody else's message with the same key is not this one.
    state = withMessage(state, message(2, { from: "孙浩", clientKey: "孙浩 k2" }));
    expect(state.outgoing).toHaveLength(1);
  });

  test("a read mark never goes back", () => {
    let state = withRead(fromSnapshot(snapshot), { chat: DUTY, person: "孙浩", seq: 7 });
    state = withRead(state, { chat: DUTY, person: "孙浩", seq: 3 });
    const chat = duty(state);
    expect(chat && readers(chat, message(7))).toEqual({ read: ["孙浩"], unread: ["周敏"] });
    expect(chat && readers(chat, message(8))).toEqual({ read: [], unread: ["周敏", "孙浩"] });
  });
});
