import type { Audience } from "./audiences.ts";
import { checkedEmail, hashOf } from "./email.ts";
import type { MemberBody } from "./member-body.ts";
import { type Member, type Members, type Source, stamp, type Status } from "./members.ts";
import { mergedInto } from "./merge-values.ts";
import { forgotten, inCompliance, invalidBody, memberExists } from "./problems.ts";

export type Writing = {
  members: Members;
  audience: Audience;
  source: Source;
  /** Required merge fields may be missing. Wrong ones never go through. */
  skipRequired: boolean;
};

/** `POST`: refuses whoever is there already, archived or not. */
export function addMember(writing: Writing, body: MemberBody, status: Status): Member {
  const { members, audience, source, skipRequired } = writing;
  const email = checkedEmail(body.email ?? "");
  if (members.isForgotten(audience.id, email)) throw forgotten(email);
  if (members.find(audience.id, hashOf(email)) !== undefined) throw memberExists(email);
  const merges = mergedInto(audience, {}, body.merges, skipRequired);
  const now = stamp(Date.now());
  return members.add(
    {
      list: audience.id,
      email,
      emailType: "html",
      status,
      protected: false,
      merges,
      language: "",
      vip: false,
      signup: { at: "", ip: "" },
      optin: { at: status === "subscribed" ? now : "", ip: "" },
      source: source === "admin" ? "Admin Add" : "API - Generic",
      tags: body.tags.map((name) => members.tag(name)),
      ...body.rest,
    },
    source,
  );
}

/**
 * `PUT`: whoever is not there is added with `status_if_new`; of somebody who is, it changes nothing but
 * what is named, and the status only by `status`.
 */
export function putMember(writing: Writing, key: string, body: MemberBody): Member {
  const { members, audience } = writing;
  const email = body.email ?? "";
  const there = members.find(audience.id, key);
  if (there !== undefined) return changeMember(writing, there, body);
  // Unverified: an address in the path that is not the one in the body.
  if (![hashOf(email), email.toLowerCase()].includes(key.toLowerCase()))
    throw invalidBody({ field: "email_address", message: "The address does not match the subscriber hash." }); // prettier-ignore
  return addMember(writing, body, body.status ?? body.statusIfNew ?? "subscribed");
}

/** `PATCH`, and whatever else changes somebody who is there. */
export function changeMember(writing: Writing, member: Member, body: MemberBody): Member {
  const { members, audience, source, skipRequired } = writing;
  const email = body.email === undefined ? member.email : newEmail(writing, member, body.email);
  const { status = member.status } = body;
  const subscribes = status === "subscribed" && member.status !== "subscribed";
  if (subscribes && member.protected && source !== "user") throw inCompliance(member.email);
  const merges = mergedInto(audience, member.merges, body.merges, skipRequired);
  const optin = subscribes ? { at: stamp(Date.now()), ip: "" } : member.optin;
  return members.update(
    member,
    { email, status, merges, optin, protected: isProtected(member, status, source), ...body.rest },
    source,
  );
}

/** Who leaves or bounces by itself, until it comes back by itself. */
function isProtected(member: Member, status: Status, source: Source): boolean {
  if (status === "cleaned") return true;
  if (source !== "user") return member.protected;
  return status === "unsubscribed";
}

/** Another address is another hash. It takes a subscribed member, and an address that nobody has. */
function newEmail({ members, audience }: Writing, member: Member, given: string): string {
  const email = checkedEmail(given);
  if (hashOf(email) === hashOf(member.email)) return email;
  if (member.status !== "subscribed")
    throw invalidBody({
      field: "email address",
      message: `This member's status is "${member.status}." You can only update email addresses for members with a status of "subscribed."`,
    });
  const holder = members.find(audience.id, hashOf(email));
  if (holder !== undefined)
    throw invalidBody({
      field: "email address",
      message: `"${email}" is already in this list with a status of "${STANDING[holder.status]}".`,
    });
  if (members.isForgotten(audience.id, email)) throw forgotten(email);
  return email;
}

const STANDING: Record<Status, string> = {
  subscribed: "Subscribed",
  unsubscribed: "Unsubscribed",
  cleaned: "Cleaned",
  pending: "Pending",
  transactional: "Non-Subscribed",
  archived: "Archived",
};
