import type { Button, Card } from "#core/message/card.ts";
import type { Post } from "./virtual-platform.ts";

/** A button on a card that a person sees, or saw before the card was edited. */
export interface Found {
  post: Post;
  button: Button;
}

/**
 * The button that a person means: on the newest card that has it, cards of the wanted case first; else on the newest earlier
 * version that had it, as a client shows that has not been refreshed.
 * @param posts what the person sees, newest first
 * @param wanted action name or exact label
 * @param caseId the case that is meant
 * @param only no other case will do
 */
export function findButton(
  posts: readonly Post[],
  wanted: string,
  caseId: string | undefined,
  only: boolean,
): Found | undefined {
  const ofCase = (b: Button): boolean => caseId === undefined || b.values["编号"] === caseId;
  const tests = only ? [ofCase] : [ofCase, () => true];
  for (const versions of [current, earlier])
    for (const test of tests)
      for (const post of posts) {
        const button = firstIn(versions(post), wanted, test);
        if (button) return { post, button };
      }
  return undefined;
}

const current = (post: Post): Card[] => post.versions.slice(-1);
const earlier = (post: Post): Card[] => post.versions.slice(0, -1).reverse();

/** An exact label goes before an action: several buttons may run the same action. */
function firstIn(cards: readonly Card[], wanted: string, test: (b: Button) => boolean): Button | undefined {
  for (const { buttons } of cards) {
    const own = buttons.filter(test);
    const button = own.find((b) => b.label === wanted) ?? own.find((b) => b.action === wanted);
    if (button) return button;
  }
  return undefined;
}

/** What a press sends: the button's own values, the form as it is filled in beforehand, and over it what the person wrote. */
export function pressValues(button: Button, fill: Readonly<Record<string, string>>): Record<string, string> {
  const prefilled = (button.form?.fields ?? []).map((f): [string, string] => [f.name, f.value ?? ""]);
  return { ...button.values, ...Object.fromEntries(prefilled), ...fill };
}
