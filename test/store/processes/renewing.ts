import { setTimeout as sleep } from "node:timers/promises";
import { SignInRefused } from "#domain/errors.ts";
import { onceSure } from "#domain/grip.ts";
import { openDatabase } from "#store/database.ts";
import { sealing } from "#store/sealing.ts";
import { vaultIn } from "#store/vault.ts";
import { crm } from "../examples.ts";

/** A process that renews one credential again and again at a sign-in service whose tokens are good once. */
const [url = "", schema = "", service = "", times = "0", leaseMs = "60000", stops = ""] = process.argv.slice(2); // prettier-ignore
await using db = await openDatabase({ url, folder: "", schema });
const vault = vaultIn(db, {
  sealing: sealing(new Uint8Array(32).fill(7)),
  environment: () => undefined,
  folder: "",
  leaseMs: Number(leaseMs),
});
console.log("ready");
for (let n = 0; n < Number(times); n += 1) {
  const seen = await vault.read(crm.name);
  await vault.renew(crm.name, seen, async ({ refresh_token: refresh = "" }, grip) => {
    // As if the machine had no time for it just when it was about to ask.
    if (stops !== "") process.kill(process.pid, "SIGSTOP");
    const response = await onceSure(grip, () => fetch(service, { method: "POST", body: refresh }));
    if (!response.ok) throw new SignInRefused("invalid_grant");
    return { secret: { refresh_token: await response.text() }, expires: null };
  });
  await sleep(Math.random() * 5);
}
console.log("done");
