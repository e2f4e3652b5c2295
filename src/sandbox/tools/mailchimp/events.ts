import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Change, Member } from "./members.ts";
import { uniqueIdOf } from "./shown.ts";

export const EVENTS = ["subscribe", "unsubscribe", "profile", "cleaned", "upemail", "campaign"] as const; // prettier-ignore
export type EventName = (typeof EVENTS)[number];

/** What a webhook is told: texts, in maps as deep as they come. */
type Nested = { [key: string]: string | Nested };
export type Event = { type: EventName; data: Nested };

/** What a change means to those who listen; nothing where only tags did. */
export function eventsOf({ audience, before, after }: Change): Event[] {
  const member = after ?? before;
  if (member === null) return [];
  const merges: Nested = { EMAIL: member.email };
  for (const { tag } of audience.mergeFields) {
    const value = member.merges[tag] ?? "";
    merges[tag] = typeof value === "object" ? { ...value } : String(value);
  }
  const data: Nested = {
    id: uniqueIdOf(member.email),
    list_id: audience.id,
    email: member.email,
    email_type: member.emailType,
    ip_opt: member.optin.ip,
    web_id: String(member.webId),
    merges,
  };
  if (before !== null && after !== null && before.email !== after.email)
    return [{ type: "upemail", data: renamed(before, after) }];
  const type = typeOf(before, after);
  if (type === null) return [];
  if (type === "unsubscribe") return [{ type, data: { action: actionOf(after), reason: "manual", ...data } }]; // prettier-ignore
  if (type === "cleaned") return [{ type, data: { list_id: audience.id, reason: "hard", email: member.email } }]; // prettier-ignore
  return [{ type, data }];
}

/** The names of these fields are known from third parties alone, as is that of a cleaned one's reason. */
const renamed = (before: Member, after: Member): Nested => ({
  list_id: after.list,
  new_id: uniqueIdOf(after.email),
  new_email: after.email,
  old_email: before.email,
});

function typeOf(before: Member | null, after: Member | null): EventName | null {
  const [was, is] = [before?.status, after?.status];
  if (is === was) return sameProfile(before, after) ? null : "profile";
  if (is === "subscribed") return "subscribe";
  if (is === "cleaned") return "cleaned";
  return was === "subscribed" ? "unsubscribe" : null;
}

/** Unverified: which words there are besides "unsub". */
function actionOf(after: Member | null): string {
  if (after === null) return "delete";
  return after.status === "archived" ? "archive" : "unsub";
}

const sameProfile = (before: Member | null, after: Member | null): boolean =>
  isDeepStrictEqual(profileOf(before), profileOf(after));

const profileOf = (member: Member | null) => [member?.merges, member?.language, member?.emailType];

/** As PHP writes a form: `data[merges][FNAME]=Ada`. */
export function formOf(event: Event, firedAt: number): string {
  const form = new URLSearchParams({
    type: event.type,
    fired_at: new Date(firedAt).toISOString().slice(0, 19).replace("T", " "),
  });
  const put = (name: string, value: string | Nested): void => {
    if (typeof value === "string") form.append(name, value);
    else for (const [key, inner] of Object.entries(value)) put(`${name}[${key}]`, inner);
  };
  put("data", event.data);
  return form.toString();
}

/** `X-Mailchimp-Signature` of a body that is sent at this second. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  `t=${String(seconds)},v1=${createHmac("sha256", secret)
    .update(`${String(seconds)}.${body}`)
    .digest("hex")}`;
