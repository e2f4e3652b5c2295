import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { type Audience, audiences, mergeFieldModel } from "./audiences.ts";
import { batchSubscribe } from "./batch-subscribe.ts";
import { bodyOf, checkedObject, isSet } from "./body.ts";
import { FOR_PATCH, FOR_POST, FOR_PUT, memberIn } from "./member-body.ts";
import { memberList, whole } from "./member-list.ts";
import { addMember, changeMember, putMember, type Writing } from "./member-writes.ts";
import type { Member, Members } from "./members.ts";
import { cannotBeRemoved, notFound } from "./problems.ts";
import { projected } from "./projection.ts";
import { shown } from "./shown.ts";

/** `/3.0/lists` and below, without the webhooks. */
export function listRoutes(members: Members): Route[] {
  const at = (
    method: string,
    path: string,
    handle: (audience: Audience, request: Request) => Answer,
  ): Route => ({
    method,
    path: `/3.0/lists/:list${path}`,
    handle: (request) => handle(audienceIn(request), request),
  });
  const writing = (audience: Audience, request: Request): Writing => ({
    members,
    audience,
    source: "api",
    skipRequired: isSet(request, "skip_merge_validation"),
  });
  const found = (audience: Audience, { params }: Request): Member => {
    const member = members.find(audience.id, params["member"] ?? "");
    if (member === undefined) throw new Refusal(notFound());
    return member;
  };
  const told = (audience: Audience, member: Member, { query }: Request): Answer =>
    json(200, projected(query, shown(audience, member)));

  return [
    {
      method: "GET",
      path: "/3.0/lists",
      handle: ({ query }) => {
        const from = whole(query, "offset", 0, Infinity);
        const page = audiences.slice(from, from + whole(query, "count", 10, 1000));
        const lists = page.map((audience) => audienceModel(audience, members));
        return json(200, projected(query, { lists, total_items: audiences.length }));
      },
    },
    at("GET", "", (audience, { query }) => json(200, projected(query, audienceModel(audience, members)))), // prettier-ignore
    at("POST", "", (audience, request) => batchSubscribe(audience, members, request)),
    at("GET", "/merge-fields", (audience, { query }) => {
      const from = whole(query, "offset", 0, Infinity);
      const page = audience.mergeFields.slice(from, from + whole(query, "count", 10, 1000));
      const merge_fields = page.map((field) => mergeFieldModel(audience, field));
      const total_items = audience.mergeFields.length;
      return json(200, projected(query, { merge_fields, list_id: audience.id, total_items }));
    }),
    at("GET", "/members", (audience, { query }) => json(200, memberList(audience, members, query))),
    at("POST", "/members", (audience, request) => {
      const body = memberIn(request, FOR_POST, ["email_address", "status"]);
      const added = addMember(writing(audience, request), body, body.status ?? "subscribed");
      return told(audience, added, request);
    }),
    at("GET", "/members/:member", (audience, request) => told(audience, found(audience, request), request)), // prettier-ignore
    at("PUT", "/members/:member", (audience, request) => {
      const body = memberIn(request, FOR_PUT, ["email_address", "status_if_new"]);
      const key = request.params["member"] ?? "";
      return told(audience, putMember(writing(audience, request), key, body), request);
    }),
    at("PATCH", "/members/:member", (audience, request) => {
      const body = memberIn(request, FOR_PATCH, []);
      const member = found(audience, request);
      return told(audience, changeMember(writing(audience, request), member, body), request);
    }),
    at("DELETE", "/members/:member", (audience, request) => archive(members, audience, request)),
    at("POST", "/members/:member/actions/delete-permanent", (audience, request) => {
      members.forget(found(audience, request), "api");
      return nothing;
    }),
    at("GET", "/members/:member/tags", (audience, request) => {
      const { tags } = found(audience, request);
      const dated = tags.map((tag) => ({ ...tag, date_added: found(audience, request).changed }));
      return json(200, projected(request.query, { tags: dated, total_items: tags.length }));
    }),
    at("POST", "/members/:member/tags", (audience, request) => {
      setTags(members, found(audience, request), request);
      return nothing;
    }),
  ];
}

const nothing: Answer = { status: 204, headers: {}, body: "" };

function archive(members: Members, audience: Audience, { params }: Request): Answer {
  const key = params["member"] ?? "";
  const member = members.find(audience.id, key);
  if (member?.status === "archived" || members.isForgottenHash(audience.id, key))
    throw new Refusal(cannotBeRemoved());
  if (member === undefined) throw new Refusal(notFound());
  members.update(member, { status: "archived" }, "api");
  return nothing;
}

function setTags(members: Members, member: Member, request: Request): void {
  const { tags } = bodyOf(request, { tags: "array", is_syncing: "boolean" }, ["tags"]);
  let all = member.tags;
  for (const [index, entry] of (tags as unknown[]).entries()) {
    const shape = { name: "string", status: ["active", "inactive"] } as const;
    const { name, status } = checkedObject(entry, shape, ["name", "status"], `tags.${String(index)}`); // prettier-ignore
    const tag = members.tag(String(name));
    const others = all.filter(({ id }) => id !== tag.id);
    all = status === "active" ? [...others, tag] : others;
  }
  members.update(member, { tags: all }, "api");
}

export function audienceIn({ params }: Request): Audience {
  const audience = audiences.find(({ id }) => id === params["list"]);
  if (audience === undefined) throw new Refusal(notFound());
  return audience;
}

function audienceModel(audience: Audience, members: Members) {
  const all = members.all(audience.id);
  const having = (status: string) => all.filter((member) => member.status === status).length;
  return {
    id: audience.id,
    web_id: audience.webId,
    name: audience.name,
    contact: { company: "Harbour & Sons", address1: "14 Quay Street", address2: "", city: "Bristol", state: "Avon", zip: "BS1 4DJ", country: "GB", phone: "" }, // prettier-ignore
    permission_reminder: "You are a customer of ours.",
    use_archive_bar: false,
    campaign_defaults: { from_name: "Harbour & Sons", from_email: "news@harbour-and-sons.example", subject: "", language: "en" }, // prettier-ignore
    notify_on_subscribe: "",
    notify_on_unsubscribe: "",
    date_created: "2024-11-04T09:00:00+00:00",
    list_rating: 3,
    email_type_option: false,
    subscribe_url_short: "",
    subscribe_url_long: "",
    beamer_address: "",
    visibility: "prv",
    double_optin: audience.doubleOptin,
    has_welcome: false,
    marketing_permissions: false,
    modules: [],
    stats: {
      member_count: having("subscribed"),
      total_contacts: all.length,
      unsubscribe_count: having("unsubscribed"),
      cleaned_count: having("cleaned"),
      merge_field_count: audience.mergeFields.length,
    },
  };
}
