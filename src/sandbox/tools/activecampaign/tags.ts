import { json, type Route } from "../http.ts";
import { enveloped, idIn, textIn } from "./body.ts";
import type { ContactWriter } from "./contact-writer.ts";
import { born, type Crm, type Tag } from "./crm.ts";
import { duplicate, invalid, missing, notFound, relatedMissing } from "./errors.ts";
import type { Events } from "./events.ts";
import { listed } from "./listing.ts";
import { type Links, shownTag } from "./shown.ts";
import { central } from "./time.ts";
import { toldContact } from "./told.ts";

/** Tags, and which contact has which. */
export function tagRoutes(crm: Crm, writer: ContactWriter, events: Events, at: Links): Route[] {
  return [
    {
      method: "GET",
      path: "/tags",
      handle(request) {
        const search = (request.query.get("search") ?? "").toLowerCase();
        const all = [...crm.tags.all()].filter(({ tag }) => tag.toLowerCase().includes(search));
        return listed(request, "tags", all, (tag) => shownTag(tag, at));
      },
    },
    {
      method: "POST",
      path: "/tags",
      handle(request) {
        const record = enveloped(request, "tag", ["tag", "tagType", "description"]);
        const tag = textIn(record, "tag");
        const tagType = textIn(record, "tagType") ?? "contact";
        if (tag === undefined || tag === "") throw missing("tag");
        if (tagType !== "contact" && tagType !== "template") throw invalid("tagType");
        if (crm.tags.by("tag", tag).length > 0) throw duplicate("tag", "The tag already exists");
        const description = textIn(record, "description") ?? "";
        const added = crm.tags.add({ tag, tagType, description, ...born() });
        return json(201, { tag: shownTag(added, at) });
      },
    },
    {
      method: "POST",
      path: "/contactTags",
      handle(request) {
        const record = enveloped(request, "contactTag", ["contact", "tag"]);
        const [contactId, tagId] = [idIn(record, "contact"), idIn(record, "tag")];
        if (contactId === undefined) throw missing("contact");
        if (tagId === undefined) throw missing("tag");
        const contact = crm.contacts.get(contactId);
        const tag = crm.tags.get(tagId);
        if (contact === undefined) throw relatedMissing("contact");
        if (tag === undefined) throw relatedMissing("tag");
        writer.addTag(contact, tag, "api");
        const link = crm.contactTags.by("contact", contactId).find((one) => one.tag === tagId);
        return json(201, {
          contactTag: {
            contact: contactId,
            tag: tagId,
            cdate: central(link?.created ?? 0),
            links: {},
            id: link?.id,
          },
        });
      },
    },
    {
      method: "DELETE",
      path: "/contactTags/:id",
      handle(request) {
        const id = request.params["id"] ?? "";
        const link = crm.contactTags.get(id);
        if (link === undefined) throw notFound("SubscriberTag", id);
        crm.contactTags.remove(id);
        const contact = crm.contacts.get(link.contact);
        if (contact !== undefined) {
          const fields = { ...toldContact(crm, contact), tag: crm.tags.get(link.tag)?.tag ?? "" };
          events.tell({ type: "contact_tag_removed", source: "api", list: "0", fields });
        }
        return json(200, {});
      },
    },
  ];
}

/** The tag of this name, made if there is none. */
export const tagNamed = (crm: Crm, name: string): Tag =>
  crm.tags.by("tag", name)[0] ??
  crm.tags.add({ tag: name, tagType: "contact", description: "", ...born() });
