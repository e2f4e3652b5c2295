import { json, Refusal } from "../http.ts";
import { isObject, type JsonObject } from "./body.ts";

/** One contact to import; its names are written with underscores, here and nowhere else. */
export type Entry = {
  email: string;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  company: string | null;
  tags: readonly string[];
  fields: readonly { id: string; value: string }[];
  subscribe: readonly string[];
  unsubscribe: readonly string[];
};

/** Whom to tell when it is done, and how. */
export type Callback = {
  url: string;
  requestType: "GET" | "POST";
  detailed: boolean;
  params: Record<string, string>;
  headers: Record<string, string>;
};

type Reason = { contact: number; failureReason: string };

const KNOWN = ["email", "first_name", "last_name", "phone", "customer_acct_name", "tags", "fields", "subscribe", "unsubscribe", "exclude_automations"]; // prettier-ignore
const MOST = 250;

/** The import is refused whole, for reasons that are sentences or belong to one contact each. */
export const refusedImport = (message: string, failureReasons: readonly (string | Reason)[]) =>
  new Refusal(json(400, { success: 0, message, failureReasons }));

const invalidPayload = (reasons: readonly (string | Reason)[]) =>
  refusedImport(
    "JSON payload did not pass validation. Please fix failure Reasons and retry. The import was not queued for processing.",
    reasons,
  );

/** All contacts of a request, or one refusal that names everything wrong with any of them. */
export function entriesIn({ contacts }: JsonObject): Entry[] {
  if (!Array.isArray(contacts) || contacts.length === 0 || !contacts.every(isObject))
    throw invalidPayload(["Field 'contacts' is required"]);
  if (contacts.length > MOST)
    throw invalidPayload([`Up to ${String(MOST)} contacts may be included in a request`]);
  const reasons = contacts.flatMap((contact, index): Reason[] =>
    problemsOf(contact).map((failureReason) => ({ contact: index, failureReason })),
  );
  if (reasons.length > 0) throw invalidPayload(reasons);
  return contacts.map(entryOf);
}

function problemsOf(contact: JsonObject): string[] {
  const { email } = contact;
  const strange = Object.keys(contact).filter((name) => !KNOWN.includes(name));
  const texts = ["first_name", "last_name", "phone", "customer_acct_name"];
  const rules: [broken: boolean, problem: string][] = [
    [email === undefined, "Field 'email' is required"],
    [
      email !== undefined && (typeof email !== "string" || !/^\S+@\S+$/.test(email)),
      "Field 'email' incorrect format",
    ],
    ...strange.map((name): [boolean, string] => [true, `Field '${name}' is not supported`]),
    ...texts.map((name): [boolean, string] => [
      !["string", "undefined"].includes(typeof contact[name]),
      `Field '${name}' incorrect format`,
    ]),
    ...["subscribe", "unsubscribe", "fields"].map((name): [boolean, string] => [
      !isListOf(contact[name], isObject),
      `Field '${name}' incorrect format`,
    ]),
    [!isListOf(contact["tags"], (tag) => typeof tag === "string"), "Field 'tags' incorrect format"],
  ];
  return rules.filter(([broken]) => broken).map(([, problem]) => problem);
}

const isListOf = (value: unknown, test: (item: unknown) => boolean): boolean =>
  value === undefined || (Array.isArray(value) && value.every(test));

function entryOf(contact: JsonObject): Entry {
  const text = (name: string) => {
    const value = contact[name];
    return typeof value === "string" ? value.trim() : null;
  };
  const objects = (name: string) => (contact[name] ?? []) as JsonObject[];
  const lists = (name: string) => objects(name).map(({ listid }) => String(listid as string));
  return {
    email: text("email") ?? "",
    firstName: text("first_name"),
    lastName: text("last_name"),
    phone: text("phone"),
    company: text("customer_acct_name"),
    tags: (contact["tags"] ?? []) as string[],
    fields: objects("fields").map(({ id, value }) => ({
      id: String(id as string),
      value: String((value ?? "") as string),
    })),
    subscribe: lists("subscribe"),
    unsubscribe: lists("unsubscribe"),
  };
}

export function callbackIn({ callback }: JsonObject): Callback | null {
  if (callback === undefined) return null;
  if (!isObject(callback) || typeof callback["url"] !== "string")
    throw invalidPayload(["Field 'callback.url' is required"]);
  const { url, requestType = "POST", detailed_results = "true" } = callback;
  if (requestType !== "GET" && requestType !== "POST")
    throw invalidPayload(["Field 'callback.requestType' is GET or POST"]);
  return {
    url,
    requestType,
    detailed: detailed_results === "true",
    params: pairsIn(callback["params"]),
    headers: pairsIn(callback["headers"]),
  };
}

/** `[{key, value}, …]`, without the empty ones. */
function pairsIn(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value) ? value.filter(isObject) : [];
  return Object.fromEntries(
    pairs
      .map((pair): [string, string] => [
        String(pair["key"] as string),
        String(pair["value"] as string),
      ]) // prettier-ignore
      .filter(([name]) => name !== ""),
  );
}
