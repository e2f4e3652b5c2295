import { json, type Request, type Route } from "../http.ts";
import { enveloped, idIn, textIn } from "./body.ts";
import type { CompanyWriter } from "./company-writer.ts";
import { later } from "./contact-writer.ts";
import type { AccountContact, Crm } from "./crm.ts";
import { invalid, missing, notFound, relatedMissing } from "./errors.ts";
import { listed } from "./listing.ts";
import { type Links, shownAccountContact } from "./shown.ts";

const KNOWN = ["account", "contact", "jobTitle"];

/** Who works where: a contact belongs to one account at most. */
export function accountContactRoutes(crm: Crm, writer: CompanyWriter, at: Links): Route[] {
  const found = (request: Request): AccountContact => {
    const id = request.params["id"] ?? "";
    const link = crm.accountContacts.get(id);
    if (link === undefined) throw notFound("CustomerAccountSubscriber", id);
    return link;
  };
  return [
    {
      method: "GET",
      path: "/accountContacts",
      handle(request) {
        const wanted = (name: "contact" | "account") => request.query.get(`filters[${name}]`);
        const all = [...crm.accountContacts.all()].filter((link) =>
          (["contact", "account"] as const).every(
            (name) => wanted(name) === null || link[name] === wanted(name),
          ),
        );
        return listed(request, "accountContacts", all, (link) => shownAccountContact(link, at));
      },
    },
    {
      method: "POST",
      path: "/accountContacts",
      handle(request) {
        const record = enveloped(request, "accountContact", KNOWN);
        const [accountId, contactId] = [idIn(record, "account"), idIn(record, "contact")];
        if (accountId === undefined) throw missing("account");
        if (contactId === undefined) throw missing("contact");
        const account = crm.accounts.get(accountId);
        const contact = crm.contacts.get(contactId);
        if (account === undefined) throw relatedMissing("account");
        if (contact === undefined) throw relatedMissing("contact");
        if (crm.accountContacts.by("contact", contactId).length > 0)
          throw invalid("account,contact", "This contact is already associated with an account. We currently do not support contacts on multiple accounts."); // prettier-ignore
        const link = writer.join(account, contact, textIn(record, "jobTitle") ?? "", "api");
        const shown = shownAccountContact(link, at);
        // Numbers here, and texts when it is read.
        return json(201, {
          accountContact: { ...shown, account: Number(link.account), contact: Number(link.contact) }, // prettier-ignore
        });
      },
    },
    {
      method: "GET",
      path: "/accountContacts/:id",
      handle: (request) => json(200, { accountContact: shownAccountContact(found(request), at) }),
    },
    {
      method: "PUT",
      path: "/accountContacts/:id",
      handle(request) {
        const link = found(request);
        const jobTitle = textIn(enveloped(request, "accountContact", KNOWN), "jobTitle");
        const after = {
          ...link,
          ...(jobTitle !== undefined && { jobTitle }),
          updated: later(link),
        };
        return json(200, {
          accountContact: shownAccountContact(crm.accountContacts.change(after), at),
        });
      },
    },
    {
      method: "DELETE",
      path: "/accountContacts/:id",
      handle(request) {
        crm.accountContacts.remove(found(request).id);
        return json(200, {});
      },
    },
  ];
}
