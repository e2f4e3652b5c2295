import { openQueue } from "#queue/queue.ts";
import { openDatabase } from "#store/database.ts";
import { runId } from "#domain/ids.ts";

/** A worker that takes a run and never ends it. */
const [url = "", folder = ""] = process.argv.slice(2);
const db = await openDatabase({ url: url === "" ? null : url, folder });
const quiet = () => undefined;
const queue = await openQueue({
  handle: db.handle,
  log: { info: quiet, warn: quiet, error: quiet },
  ...(url === "" ? {} : { schema: folder }),
});
const hang = async () => {
  console.log("taken");
  await new Promise(() => setInterval(() => undefined, 1000));
};
await queue.work({ run: hang, outbox: hang, schedule: hang, digest: hang });
await queue.add({ kind: "run", run: runId("r1") });
