import { registerHooks } from "node:module";
import { variables } from "../sightings.ts";
import { places } from "./places.ts";

/**
 * For `node --import`: the program is started as it is, and five of its modules are the real ones with
 * traps around what they do.
 */
const source = new URL("../../../src/", import.meta.url).href;
const here = new URL("./", import.meta.url).href;
const trapped = new Map(
  Object.entries({
    "store/store.ts": "store.ts",
    "queue/queue.ts": "queue.ts",
    "connectors/egress.ts": "egress.ts",
    "slack/client.ts": "slack.ts",
    "connectors/manifest/load.ts": "manifests.ts",
  }).map(([real, trap]) => [source + real, here + trap]),
);

// Whoever started it may be killed as well; then it does not stay.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1_000).unref();

const kept = places(process.env[variables.places]);

registerHooks({
  resolve(specifier, context, next) {
    const found = kept(specifier, context.parentURL, () => next(specifier, context));
    const trap = trapped.get(found.url);
    if (trap === undefined || context.parentURL?.startsWith(here) === true) return found;
    return { ...found, url: trap };
  },
});
