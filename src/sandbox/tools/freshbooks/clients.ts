import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { deletedResource, problem, Rejected, unknownResource } from "./errors.ts";
import { checked, type Field, kept as told, text, type Values } from "./fields.ts";
import { easternTime, utcTime } from "./time.ts";

export type Client = Values & {
  id: number;
  fname: string;
  lname: string;
  organization: string;
  email: string;
  currency_code: string;
  /** 0 active, 1 deleted, 2 archived. */
  vis_state: number;
  updated: string;
};

export type Clients = {
  all(): Iterable<Client>;
  /** Refuses what is not there; a deleted client is there. */
  get(id: string): Client;
  find(id: string): Client | undefined;
  create(given: Values, at?: number): Client;
  update(id: string, given: Values, at?: number): Client;
  tally: Tally;
};

const address = (prefix: string): Record<string, Field> => ({
  [`${prefix}_street`]: text(),
  [`${prefix}_street2`]: text(),
  [`${prefix}_city`]: text(),
  [`${prefix}_province`]: text(),
  [`${prefix}_code`]: text("", 20),
  [`${prefix}_country`]: { kind: "country" },
});

/** Names by the official SDK's Client.ts. The largest lengths are unverified. */
const FIELDS: Record<string, Field> = {
  fname: text(),
  lname: text(),
  organization: text(),
  email: { kind: "email" },
  bus_phone: text("", 50),
  mob_phone: text("", 50),
  home_phone: text(null, 50),
  fax: text("", 50),
  ...address("p"),
  ...address("s"),
  note: text(null, 65_535),
  currency_code: { kind: "currency" },
  language: { kind: "language" },
  vat_name: text(null),
  vat_number: text(null),
  company_industry: text(null),
  company_size: text(null),
  pref_email: { kind: "flag" },
  pref_gmail: { kind: "flag" },
  allow_late_fees: { kind: "flag" },
  allow_late_notifications: { kind: "flag" },
  vis_state: { kind: "choice", values: [0, 1, 2] },
  ...Object.fromEntries(
    "id userid user_id accounting_systemid updated signup_date last_activity last_login num_logins level notified role has_retainer retainer_id statement_token subdomain direct_link_token username"
      .split(" ")
      .map((name) => [name, told]),
  ),
};

/** What a client has who was given nothing. Source: a recorded answer. */
const BLANK: Values = {
  ...Object.fromEntries(
    "fname lname organization email bus_phone mob_phone fax p_street p_street2 p_city p_province p_code p_country s_street s_street2 s_city s_province s_code s_country"
      .split(" ")
      .map((name) => [name, ""]),
  ),
  ...Object.fromEntries(
    "home_phone note vat_name vat_number company_industry company_size last_activity last_login has_retainer retainer_id statement_token subdomain direct_link_token"
      .split(" ")
      .map((name) => [name, null]),
  ),
  currency_code: "USD",
  language: "en",
  pref_email: true,
  pref_gmail: false,
  allow_late_fees: true,
  allow_late_notifications: true,
  num_logins: 0,
  level: 0,
  notified: false,
  role: "client",
  vis_state: 0,
};
const NAMING = ["fname", "lname", "organization", "email"] as const;
const FIRST_ID = 218_100;

/** The clients of the simulated business. `changed` hears of each write, by what was done. */
export function openClients(
  shelf: Shelf,
  account: string,
  changed: (verb: "create" | "update" | "delete", client: Client) => void,
): Clients {
  const kept = shelf.collection<Client>("clients");
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let lastId = [...kept.values()].reduce((last, { id }) => Math.max(last, id), FIRST_ID);

  const find = (id: string) => kept.get(id);
  function get(id: string): Client {
    const client = kept.get(id);
    if (client === undefined) throw unknownResource("client", id);
    return client;
  }

  function keep(client: Client): Client {
    if (NAMING.every((name) => client[name].trim() === "")) throw new Rejected(422, [nameless()]);
    kept.set(String(client.id), client);
    return client;
  }

  return {
    all: () => kept.values(),
    find,
    get,
    create(given, at = Date.now()) {
      const values = accepted(given);
      const id = lastId + 1;
      const client = keep({
        ...BLANK,
        ...values,
        id,
        userid: id,
        accounting_systemid: account,
        username: `${String(id)}${account.toLowerCase()}`,
        signup_date: utcTime(at),
        updated: easternTime(at),
      } as unknown as Client);
      lastId = id;
      tally.creates += 1;
      changed("create", client);
      return client;
    },
    update(id, given, at = Date.now()) {
      const before = get(id);
      const values = accepted(given);
      if (before.vis_state === 1 && values["vis_state"] === undefined)
        throw deletedResource("client", id);
      const after = keep({ ...before, ...values, updated: easternTime(at) });
      const gone = before.vis_state !== 1 && after.vis_state === 1;
      tally.updates += 1;
      if (gone) tally.archived += 1;
      changed(gone ? "delete" : "update", after);
      return after;
    },
    tally,
  };
}

function accepted(given: Values): Values {
  const { values, problems } = checked("client", FIELDS, given);
  if (problems.length > 0) throw new Rejected(422, problems);
  return values;
}

/** Source: the official SDK's tests. */
const nameless = () =>
  problem(
    7012,
    null,
    "At least one field among fname, lname, email and organization is required.",
    "client",
  );
