import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../../src/config.ts";
import { openCore } from "../../../src/core.ts";

/** Another process on the same database: says which connectors it knows, whenever that changes. */
const [databaseUrl = "", folder = "", key = ""] = process.argv.slice(2);
const config = readConfig({ DATABASE_URL: databaseUrl, TIELINE_DIR: folder, TIELINE_KEY: key });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore(config, quiet);

for (let said = ""; ; await sleep(50)) {
  const known = await core.perform("connectors.list", {}, { kind: "system" });
  const names = known.map(({ name, title }) => `${name} (${title})`).join(", ");
  if (names !== said) console.log(`known: ${names}`);
  said = names;
}
