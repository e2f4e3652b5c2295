import type { Audience } from "./audiences.ts";
import { digest, hashOf } from "./email.ts";
import type { Member } from "./members.ts";

const MOST_TAGS = 50;

/** A member as answers have it, without the `_links` that only repeat addresses. */
export function shown(audience: Audience, member: Member) {
  const { merges } = member;
  const [first, last] = audience.mergeFields.map(({ tag }) => merges[tag]);
  return {
    id: hashOf(member.email),
    email_address: member.email,
    unique_email_id: uniqueIdOf(member.email),
    contact_id: member.contactId,
    full_name: [first, last].filter((part) => typeof part === "string").join(" "),
    web_id: member.webId,
    email_type: member.emailType,
    status: member.status,
    ...(member.status === "unsubscribed" && {
      unsubscribe_reason: member.protected ? "N/A (Unsubscribed by the contact)" : "N/A (Unsubscribed by an admin)", // prettier-ignore
    }),
    consents_to_one_to_one_messaging: true,
    merge_fields: Object.fromEntries(
      audience.mergeFields.map(({ tag }) => [tag, merges[tag] ?? ""]),
    ),
    stats: { avg_open_rate: 0, avg_click_rate: 0 },
    ip_signup: member.signup.ip,
    timestamp_signup: member.signup.at,
    ip_opt: member.optin.ip,
    timestamp_opt: member.optin.at,
    member_rating: 2,
    last_changed: member.changed,
    language: member.language,
    vip: member.vip,
    email_client: "",
    location: { latitude: 0, longitude: 0, gmtoff: 0, dstoff: 0, country_code: "", timezone: "", region: "" }, // prettier-ignore
    source: member.source,
    tags_count: member.tags.length,
    tags: member.tags.slice(0, MOST_TAGS),
    list_id: member.list,
  };
}

/** Of the address in all of Mailchimp: another address is another one. */
export const uniqueIdOf = (email: string): string =>
  digest(`unique ${email.toLowerCase()}`).slice(0, 10);
