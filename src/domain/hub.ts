import type { Connection } from "./connection.ts";
import { entities, entityNames } from "./entities/index.ts";
import { connectionName } from "./ids.ts";
import { hubName } from "./hub-name.ts";
import type { ConnectorFacts } from "./ports/tools.ts";

export { hubName } from "./hub-name.ts";

/** It is there without anybody adding it, and in no list of what a team has connected. */
export const hubConnection: Connection = {
  name: connectionName(hubName),
  connector: hubName,
  baseUrl: null,
  settings: {},
  credential: {},
  owner: null,
  events: [],
};

/** Fields that golden records do not hold: a file's content is in no database. */
const notHeld = new Set(["content"]);

export const hubFields = (entity: keyof typeof entities): readonly string[] =>
  Object.keys(entities[entity].fields).filter((name) => !notHeld.has(name));

/** What the hub can do, in the words of any connector. */
export const hubFacts: ConnectorFacts = {
  name: hubName,
  title: "Hub",
  about: "The records of all your tools in one place, in our own database",
  version: "1",
  hosts: [],
  credentials: [
    { name: "none", about: "It needs no credential.", fields: [], browser: false, scopes: [] },
  ],
  settings: [],
  tells: false,
  hooks: null,
  pace: null,
  daily: null,
  objects: entityNames.map((name) => ({
    name,
    title: entities[name].many.charAt(0).toUpperCase() + entities[name].many.slice(1),
    entity: name,
    reads: true,
    writes: true,
    incremental: true,
    fields: hubFields(name),
    searchable: entities[name].keys,
    deletes: "A record that was archived here is seen as gone.",
    archives: true,
    keyed: false,
    events: true,
    perCall: { reads: 1000, writes: 1000 },
  })),
};
