import { type Answer, json, type Request, type Route } from "../http.ts";
import { enveloped, idIn, type JsonObject, textIn } from "./body.ts";
import type { AccountGiven, CompanyWriter } from "./company-writer.ts";
import type { Account, Crm } from "./crm.ts";
import { accountFields } from "./custom-fields.ts";
import { ofOthers, valuesIn } from "./custom-values.ts";
import { notFound, relatedMissing } from "./errors.ts";
import { includedIn, listed } from "./listing.ts";
import { type Links, shownAccount, shownData } from "./shown.ts";
import { users } from "./staff.ts";

const KNOWN = ["name", "accountUrl", "owner", "fields"];

/**
 * `/accounts`: companies. The list can be searched by name and no more; nothing filters it by when
 * they changed.
 */
export function accountRoutes(crm: Crm, writer: CompanyWriter, at: Links): Route[] {
  const counted = ({ id }: Account) => ({
    contacts: crm.accountContacts.by("account", id).length,
    deals: crm.deals.by("account", id).length,
  });
  const dataOf = ({ id }: Account) =>
    crm.accountValues.by("owner", id).map((value) => shownData(value, "account"));
  const written = (status: number, account: Account): Answer => {
    const fields = crm.accountValues.by("owner", account.id).map((value) => ({
      customFieldId: Number(value.field),
      fieldValue: value.value,
      ...(value.currency !== null && { fieldCurrency: value.currency }),
      accountId: account.id,
    }));
    return json(status, { account: { ...shownAccount(account, at), links: [], fields } });
  };

  return [
    {
      method: "GET",
      path: "/accounts",
      handle(request) {
        const search = (request.query.get("search") ?? "").toLowerCase();
        const all = [...crm.accounts.all()].filter(({ name }) =>
          name.toLowerCase().includes(search),
        );
        const counts = request.query.get("count_deals") === "true";
        const withData = includedIn(request).includes("accountCustomFieldData");
        return listed(
          request,
          "accounts",
          all,
          (account) => ({
            ...shownAccount(account, at, counts ? counted(account) : null),
            ...(withData && { accountCustomFieldData: dataOf(account).map(({ id }) => id) }),
          }),
          (page) => (withData ? { accountCustomFieldData: page.flatMap(dataOf) } : {}),
        );
      },
    },
    {
      method: "POST",
      path: "/accounts",
      handle: (request) => written(201, writer.create(accountIn(request), "api")),
    },
    {
      method: "GET",
      path: "/accounts/:id",
      handle(request) {
        const account = accountAt(crm, request);
        // That what is asked for with one record comes beside it as in lists: unverified.
        const withData = includedIn(request).includes("accountCustomFieldData");
        return json(200, {
          ...(withData && { accountCustomFieldData: dataOf(account) }),
          account: shownAccount(account, at),
        });
      },
    },
    {
      method: "PUT",
      path: "/accounts/:id",
      handle: (request) =>
        written(200, writer.update(accountAt(crm, request), accountIn(request), "api")),
    },
    {
      method: "DELETE",
      path: "/accounts/:id",
      handle(request) {
        writer.remove(accountAt(crm, request));
        return json(200, {});
      },
    },
    {
      method: "GET",
      path: "/accounts/:id/accountCustomFieldData",
      handle: (request) =>
        json(200, { customerAccountCustomFieldData: dataOf(accountAt(crm, request)) }),
    },
    {
      method: "GET",
      path: "/accountCustomFieldData",
      handle(request) {
        const owner = request.query.get("filters[customer_account_id]");
        const all = [...crm.accountValues.all()].filter((one) => owner === null || one.owner === owner); // prettier-ignore
        return listed(request, "accountCustomFieldData", all, (value) => shownData(value, "account")); // prettier-ignore
      },
    },
  ];
}

function accountAt(crm: Crm, request: Request): Account {
  const id = request.params["id"] ?? "";
  const account = crm.accounts.get(id);
  if (account === undefined) throw notFound("CustomerAccount", id);
  return account;
}

const accountIn = (request: Request): AccountGiven =>
  accountFrom(enveloped(request, "account", KNOWN));

export function accountFrom(record: JsonObject): AccountGiven {
  const [name, accountUrl] = [textIn(record, "name"), textIn(record, "accountUrl")];
  const owner = idIn(record, "owner");
  if (owner !== undefined && !users.some(({ id }) => id === owner)) throw relatedMissing("owner");
  return {
    ...(name !== undefined && { name }),
    ...(accountUrl !== undefined && { accountUrl }),
    ...(owner !== undefined && { owner }),
    values: valuesIn(record, ofOthers, accountFields),
  };
}
