import { json, Refusal, type Answer, type Request } from "../http.ts";
import type { Audience } from "./audiences.ts";
import { bodyOf, checkedObject, isObject, isSet, type Schema } from "./body.ts";
import { hashOf } from "./email.ts";
import { FOR_POST, memberOf } from "./member-body.ts";
import { addMember, changeMember, type Writing } from "./member-writes.ts";
import type { Members } from "./members.ts";
import { invalidBody, type Problem, refuse } from "./problems.ts";
import { shown } from "./shown.ts";

const MOST = 500;
const BODY: Schema = { members: "array", update_existing: "boolean", sync_tags: "boolean" };

type Failed = { email_address: string; error: string; error_code: string; field: string; field_message: string }; // prettier-ignore

/** `POST /lists/{id}`: up to 500 members, each on its own; who fails is told within a 200. */
export function batchSubscribe(audience: Audience, members: Members, request: Request): Answer {
  const body = bodyOf(request, BODY, ["members"]);
  const given = body["members"] as unknown[];
  if (given.length > MOST)
    throw invalidBody({ field: "members", message: "This collection should contain 500 elements or less." }); // prettier-ignore
  refuseTwins(given, isSet(request, "skip_duplicate_check"));
  const writing: Writing = {
    members,
    audience,
    source: "api",
    skipRequired: isSet(request, "skip_merge_validation"),
  };
  const [added, updated, failed]: [object[], object[], Failed[]] = [[], [], []];
  const seen = new Set<string>();
  for (const entry of given) {
    const email = emailIn(entry);
    if (seen.has(email.toLowerCase())) continue;
    seen.add(email.toLowerCase());
    try {
      const before = members.find(audience.id, hashOf(email));
      const member = write(writing, entry, body);
      (before === undefined ? added : updated).push(shown(audience, member));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.push(failureOf(email, error));
    }
  }
  return json(200, {
    new_members: added,
    updated_members: updated,
    errors: failed,
    total_created: added.length,
    total_updated: updated.length,
    error_count: failed.length,
  });
}

function write(writing: Writing, entry: unknown, body: Record<string, unknown>) {
  const { members, audience } = writing;
  const wanted = memberOf(checkedObject(entry, FOR_POST, ["email_address", "status"]));
  const there = members.find(audience.id, hashOf(wanted.email ?? ""));
  if (there === undefined) return addMember(writing, wanted, wanted.status ?? "subscribed");
  if (body["update_existing"] !== true)
    throw refuse(EXISTS, `${there.email} is already a list member, do you want to update? please provide update_existing:true in the request body`); // prettier-ignore
  const member = changeMember(writing, there, wanted);
  const tags = wanted.tags.map((name) => members.tag(name));
  const kept = body["sync_tags"] === true ? [] : member.tags;
  const all = [...kept, ...tags.filter(({ id }) => !kept.some((tag) => tag.id === id))];
  return members.update(member, { tags: all }, writing.source);
}

const EXISTS = "Member Exists";

function failureOf(email: string, { answer }: Refusal): Failed {
  const { title, detail, errors = [] } = JSON.parse(answer.body.toString()) as Problem;
  return {
    email_address: email,
    error: detail,
    error_code: title === EXISTS ? "ERROR_CONTACT_EXISTS" : "ERROR_GENERIC",
    field: errors[0]?.field ?? "",
    field_message: errors[0]?.message ?? "",
  };
}

const emailIn = (entry: unknown): string =>
  isObject(entry) && typeof entry["email_address"] === "string" ? entry["email_address"] : "";

/** An address twice fails the whole request, unless the check is skipped: then the first counts. */
function refuseTwins(given: unknown[], skip: boolean): void {
  const emails = given.map((entry) => emailIn(entry).toLowerCase());
  const twin = emails.find((email, at) => email !== "" && emails.indexOf(email) !== at);
  // The wording is unverified.
  if (!skip && twin !== undefined) throw refuse("Bad Request", `Duplicate items found in the members array: ${twin}`); // prettier-ignore
}
