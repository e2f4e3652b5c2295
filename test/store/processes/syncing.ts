import { openDatabase } from "#store/database.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { link, noon, page, startRun } from "../examples.ts";

/** A process that opens the embedded database in its folder and commits pages until it is killed. */
const [folder = ""] = process.argv.slice(2);
const db = await openDatabase({ url: null, folder });
const secrets = { environment: () => undefined, folder };
const store = openStore(db, { sealing: sealing(new Uint8Array(32)), secrets });
const taken = await startRun(store);
console.log(`run ${taken.run}`);
for (let n = 0; ; n += 1) {
  const links = Array.from({ length: 20 }, (_, i) => link(`${n}-${i}`));
  await store.ledger.commit(page(taken, { at: noon, links, checkpoint: n }));
  console.log(`stored ${n}`);
}
