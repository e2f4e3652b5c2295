import type { Request } from "../http.ts";
import { bodyOf, isObject, type JsonObject, type Schema } from "./body.ts";
import type { Member, Status } from "./members.ts";
import { invalidBody } from "./problems.ts";

/** What a request says of a member; nothing of what it leaves out. */
export type MemberBody = {
  email?: string;
  status?: Status;
  statusIfNew?: Status;
  merges: JsonObject;
  tags: string[];
  rest: Partial<Pick<Member, "language" | "vip" | "emailType" | "signup" | "optin">>;
};

const STATUSES = ["subscribed", "unsubscribed", "cleaned", "pending", "transactional"] as const;

const SCHEMA: Schema = {
  email_address: "string",
  email_type: ["html", "text"],
  status: STATUSES,
  merge_fields: "object",
  interests: "object",
  language: "string",
  vip: "boolean",
  location: "object",
  marketing_permissions: "array",
  ip_signup: "string",
  timestamp_signup: "string",
  ip_opt: "string",
  timestamp_opt: "string",
};

/** With tags, which no other endpoint takes. */
export const FOR_POST: Schema = { ...SCHEMA, tags: "array" };
export const FOR_PUT: Schema = { ...SCHEMA, status_if_new: STATUSES };
export const FOR_PATCH: Schema = SCHEMA;

export const memberIn = (request: Request, schema: Schema, required: readonly string[]) =>
  memberOf(bodyOf(request, schema, required));

export function memberOf(body: JsonObject): MemberBody {
  const [email, status, statusIfNew] = ["email_address", "status", "status_if_new"].map((name) => body[name]); // prettier-ignore
  if (email === "") throw invalidBody({ field: "email_address", message: "This value should not be blank." }); // prettier-ignore
  const tags = body["tags"] ?? [];
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === "string"))
    throw invalidBody({ field: "tags", message: "Schema describes string, object found instead" });
  const merges = body["merge_fields"] ?? {};
  return {
    ...(email !== undefined && { email: String(email) }),
    ...(status !== undefined && { status: status as Status }),
    ...(statusIfNew !== undefined && { statusIfNew: statusIfNew as Status }),
    merges: isObject(merges) ? merges : {},
    tags,
    rest: restOf(body),
  };
}

function restOf(body: JsonObject): MemberBody["rest"] {
  const { email_type, language, vip } = body;
  const signup = eventIn(body, "signup");
  const optin = eventIn(body, "opt");
  return {
    ...(email_type !== undefined && { emailType: email_type as Member["emailType"] }),
    ...(language !== undefined && { language: String(language) }),
    ...(vip !== undefined && { vip: vip === true }),
    ...(signup !== null && { signup }),
    ...(optin !== null && { optin }),
  };
}

/** `timestamp_signup` with `ip_signup`: without a zone it is UTC. */
function eventIn(body: JsonObject, name: string): Member["signup"] | null {
  const [at, ip] = [body[`timestamp_${name}`], body[`ip_${name}`]];
  if (at === undefined && ip === undefined) return null;
  const text = typeof at === "string" ? at.trim().replace(" ", "T") : "";
  const zoned = /([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  if (text !== "" && Number.isNaN(Date.parse(zoned)))
    throw invalidBody({ field: `timestamp_${name}`, message: "This value is not a valid datetime." }); // prettier-ignore
  const stamp = text === "" ? "" : `${new Date(zoned).toISOString().slice(0, 19)}+00:00`;
  return { at: stamp, ip: typeof ip === "string" ? ip : "" };
}
