import { judge } from "#connectors/registered.ts";
import type { Connection } from "#domain/connection.ts";
import type { ConnectorFacts, Health, Reach, Tools } from "#domain/ports/tools.ts";

const token = {
  name: "service_key",
  about: "A key of a private app.",
  fields: [{ name: "token", label: "Service key", secret: true, optional: false }],
};

const contactFields = [
  "email",
  "first_name",
  "last_name",
  "phone",
  "mobile",
  "address.country",
  "subscription",
];

export const hubspot: ConnectorFacts = {
  name: "hubspot",
  title: "HubSpot",
  about: "CRM",
  version: "1",
  hosts: ["api.hubapi.com"],
  credentials: [token],
  settings: [],
  objects: [
    {
      name: "contacts",
      title: "Contacts",
      entity: "customer",
      reads: true,
      writes: true,
      incremental: true,
      fields: contactFields,
      searchable: ["email"],
      deletes: "A flag says so.",
      archives: true,
    },
    {
      name: "forms",
      title: "Forms",
      entity: "customer",
      reads: true,
      writes: false,
      incremental: false,
      fields: ["email"],
      searchable: [],
      deletes: "Not seen.",
      archives: false,
    },
  ],
};

export const quickbooks: ConnectorFacts = {
  name: "quickbooks",
  title: "QuickBooks",
  about: "Accounting",
  version: "1",
  hosts: ["quickbooks.api.intuit.com"],
  credentials: [
    {
      name: "oauth",
      about: "An app of your own.",
      fields: [
        { name: "client_id", label: "Client id", secret: false, optional: false },
        { name: "client_secret", label: "Client secret", secret: true, optional: false },
        { name: "refresh_token", label: "Refresh token", secret: true, optional: false },
      ],
    },
    token,
  ],
  settings: [
    {
      name: "realm",
      label: "Company id",
      about: "The company's id.",
      optional: false,
      kind: "text",
    },
  ],
  objects: [
    {
      name: "customers",
      title: "Customers",
      entity: "customer",
      reads: true,
      writes: true,
      incremental: true,
      fields: ["name", "email", "phone", "mobile", "currency", "address.country"],
      searchable: ["email", "name"],
      deletes: "Inactive.",
      archives: true,
    },
    {
      name: "mailbox",
      title: "Mailbox",
      entity: "customer",
      reads: false,
      writes: true,
      incremental: false,
      fields: ["email"],
      searchable: [],
      deletes: "Not seen.",
      archives: false,
    },
  ],
};

/** Two tools as their manifests describe them, whose answers to a check a test decides. */
export function twoTools(): Tools & { checked: Connection[]; answer: Health } {
  const catalogue = [hubspot, quickbooks];
  const reach = (facts: ConnectorFacts): Reach => ({ hosts: facts.hosts, pages: [], scopes: [] });
  const nothing = (): never => {
    throw new Error("no records move in these tests");
  };
  return {
    checked: [],
    answer: { ok: true, account: "Harbour & Sons", can: ["read", "write"], limits: "100 in 10 s" },
    catalogue: () => catalogue,
    facts: (name) => catalogue.find((facts) => facts.name === name),
    builtIn(name) {
      const facts = catalogue.find((one) => one.name === name);
      return facts && { facts, reach: reach(facts) };
    },
    judge,
    async check(connection) {
      this.checked.push(connection);
      return this.answer;
    },
    source: nothing,
    target: nothing,
    link: (connection, object, id) => `https://${connection.name}.example/${object}/${id}`,
  };
}
