import type { Connection } from "./connection.ts";
import type { Entity } from "./entities/entity.ts";
import { entities, entityNames, type EntityName } from "./entities/index.ts";
import { connectionName } from "./ids.ts";
import { hubName } from "./hub-name.ts";
import { isWeak } from "./match.ts";
import type { ConnectorFacts } from "./ports/connector-facts.ts";

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

/** By what golden records are found: the keys of the entity, and a phone. */
export const hubSearchable = (entity: EntityName): readonly string[] =>
  entities[entity].fields["phone"] === undefined
    ? entities[entity].keys
    : [...entities[entity].keys, "phone"];

/** How a record that comes to the hub is told: a name says enough only where nobody has a phone. */
export const hubWays = ({ keys, fields }: Entity): readonly string[] =>
  fields["phone"] === undefined ? keys : [...keys.filter((key) => !isWeak(key)), "name+phone"];

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
    searchable: hubSearchable(name),
    deletes: "A record that was archived here is seen as gone.",
    archives: true,
    keyed: false,
    events: true,
    perCall: { reads: 1000, writes: 1000 },
  })),
};
