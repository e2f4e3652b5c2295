import { json, type Request, type Route } from "../http.ts";
import { enveloped, idIn, textIn, type JsonObject } from "./body.ts";
import type { ContactWriter } from "./contact-writer.ts";
import { born, type Crm, type List } from "./crm.ts";
import { invalid, missing, notFound, relatedMissing } from "./errors.ts";
import type { Events } from "./events.ts";
import { listed } from "./listing.ts";
import { type Links, shownContact, shownList, shownMembership } from "./shown.ts";

const LIST = ["name", "stringid", "sender_url", "sender_reminder", "send_last_broadcast", "carboncopy", "subscription_notify", "unsubscription_notify", "user", "userid", "channel"]; // prettier-ignore
const NEEDED = ["name", "stringid", "sender_url", "sender_reminder"] as const;
const MEMBERSHIP = ["list", "contact", "status", "sourceid", "sync"];

/** Lists, and how each contact stands to each of them. */
export function listRoutes(crm: Crm, writer: ContactWriter, events: Events, at: Links): Route[] {
  return [
    {
      method: "GET",
      path: "/lists",
      handle(request) {
        const name = request.query.get("filters[name]");
        const all = name === null ? [...crm.lists.all()] : crm.lists.by("name", name);
        return listed(request, "lists", all, (list) => shownList(list, at));
      },
    },
    {
      method: "POST",
      path: "/lists",
      handle(request) {
        const given = listIn(enveloped(request, "list", LIST));
        const list = crm.lists.add({ ...given, ...born() });
        const fields = { "list[id]": list.id, "list[name]": list.name };
        events.tell({ type: "list_add", source: "api", list: list.id, fields });
        return json(200, { list: shownList(list, at) });
      },
    },
    {
      method: "GET",
      path: "/lists/:id",
      handle: (request) => json(200, { list: shownList(listAt(crm, request), at) }),
    },
    {
      method: "GET",
      path: "/contactLists",
      handle(request) {
        const wanted = (name: "list" | "contact") => request.query.get(`filters[${name}]`);
        const all = [...crm.memberships.all()].filter((one) =>
          (["list", "contact"] as const).every(
            (name) => wanted(name) === null || one[name] === wanted(name),
          ),
        );
        return listed(request, "contactLists", all, (one) => shownMembership(one, at));
      },
    },
    {
      method: "POST",
      path: "/contactLists",
      handle(request) {
        const record = enveloped(request, "contactList", MEMBERSHIP);
        const [list, contactId] = [idIn(record, "list"), idIn(record, "contact")];
        if (list === undefined) throw missing("list");
        if (contactId === undefined) throw missing("contact");
        const contact = crm.contacts.get(contactId);
        if (crm.lists.get(list) === undefined) throw relatedMissing("list");
        if (contact === undefined) throw relatedMissing("contact");
        const status = idIn(record, "status");
        if (status === undefined) throw missing("status");
        if (status !== "1" && status !== "2") throw invalid("status");
        const sourceid = idIn(record, "sourceid") ?? "0";
        const membership = writer.setStatus(contact, list, Number(status), sourceid, "api");
        return json(200, {
          contacts: [shownContact(crm.contacts.get(contactId) ?? contact, at)],
          contactList: shownMembership(membership, at),
        });
      },
    },
  ];
}

function listAt(crm: Crm, request: Request): List {
  const id = request.params["id"] ?? "";
  const list = crm.lists.get(id);
  if (list === undefined) throw notFound("ContactList", id);
  return list;
}

function listIn(record: JsonObject): Pick<List, (typeof NEEDED)[number]> {
  const [name = "", stringid = "", sender_url = "", sender_reminder = ""] = NEEDED.map((field) => {
    const text = textIn(record, field);
    if (text === undefined || text === "") throw missing(field);
    return text;
  });
  return { name, stringid, sender_url, sender_reminder };
}
