import type { Audience } from "./audiences.ts";
import type { Member, Members } from "./members.ts";
import { type FieldProblem, invalidBody } from "./problems.ts";
import { projected } from "./projection.ts";
import { shown, uniqueIdOf } from "./shown.ts";

const KNOWN = ["fields", "exclude_fields", "count", "offset", "email_type", "status", "since_timestamp_opt", "before_timestamp_opt", "since_last_changed", "before_last_changed", "unique_email_id", "vip_only", "sort_field", "sort_dir"]; // prettier-ignore
const STATUSES = ["subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived"];
const MOST = 1000;

/**
 * `GET /lists/{id}/members`: ten unless `count` says more, counted off from the list as it is now, so that
 * what changes between two pages moves the rest. Archived ones come only by their status (unverified).
 */
export function memberList(audience: Audience, members: Members, query: URLSearchParams) {
  refuseStrange(query);
  const wanted = members.all(audience.id).filter((member) => fits(member, query));
  const sorted = inOrder(wanted, query.get("sort_field"), query.get("sort_dir") ?? "DESC");
  const offset = whole(query, "offset", 0, Infinity);
  const page = sorted.slice(offset, offset + whole(query, "count", 10, MOST));
  return projected(query, {
    members: page.map((member) => shown(audience, member)),
    list_id: audience.id,
    total_items: sorted.length,
  });
}

/** Both ends are outside: who changed in that very second comes with neither. */
function fits(member: Member, query: URLSearchParams): boolean {
  const status = query.get("status");
  if (status === null ? member.status === "archived" : member.status !== status) return false;
  const within = (name: string, value: string) => {
    const [since, before] = [query.get(`since_${name}`), query.get(`before_${name}`)];
    const at = instantOf(value);
    return (since === null || at > instantOf(since)) && (before === null || at < instantOf(before));
  };
  const unique = query.get("unique_email_id");
  return (
    within("last_changed", member.changed) &&
    within("timestamp_opt", member.optin.at) &&
    (unique === null || uniqueIdOf(member.email) === unique) &&
    (query.get("email_type") ?? member.emailType) === member.emailType &&
    (query.get("vip_only") !== "true" || member.vip)
  );
}

function inOrder(members: Member[], field: string | null, direction: string): Member[] {
  if (field === null) return members;
  const at = ({ changed, optin, signup }: Member) =>
    field === "last_changed" ? changed : field === "timestamp_opt" ? optin.at : signup.at;
  const sign = direction === "ASC" ? 1 : -1;
  return members.toSorted((a, b) => (at(a) < at(b) ? -sign : Number(at(a) > at(b)) * sign));
}

/** Without a zone it is UTC. */
const instantOf = (text: string): number =>
  Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(text) || !text.includes(":") ? text : `${text}Z`);

/** Read before anything is looked for; a plus sign that was not encoded is a space, and no date. */
function refuseStrange(query: URLSearchParams): void {
  const problems: FieldProblem[] = [];
  for (const [name, value] of query) {
    const message = problemWith(name, value);
    if (message !== null) problems.push({ field: name, message });
  }
  if (problems.length > 0) throw invalidBody(...problems);
}

function problemWith(name: string, value: string): string | null {
  if (!KNOWN.includes(name)) return "This field was not expected.";
  if (/^(since|before)_/.test(name)) {
    const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?([zZ]|[+-]\d\d:?\d\d)?)?$/.test(
      value,
    );
    return iso && !Number.isNaN(Date.parse(value)) ? null : "This value is not a valid datetime.";
  }
  const words = WORDS[name];
  return words === undefined || words.includes(value)
    ? null
    : `Data presented is not one of the accepted values: ${words.join(", ")}.`;
}

const WORDS: Record<string, string[]> = {
  status: STATUSES,
  email_type: ["html", "text"],
  sort_field: ["timestamp_opt", "timestamp_signup", "last_changed"],
  sort_dir: ["ASC", "DESC"],
};

export function whole(query: URLSearchParams, name: string, otherwise: number, most: number) {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (/^\d+$/.test(value) && Number(value) <= most) return Number(value);
  throw invalidBody({
    field: name,
    message:
      most === Infinity
        ? "Must be a positive number"
        : `Must be a number from 0 to ${String(most)}`,
  });
}
