import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { readConfig } from "../../src/config.ts";
import { openCore } from "../../src/core.ts";
import { makeLog } from "../../src/log.ts";
import { crm, flow, letter, page, plan, startRun } from "../store/examples.ts";
import { emptyFolder } from "../support/bot.ts";
import { plainPlan } from "../support/plain-plan.ts";

const [letters, answersAfterMs] = [1000, 2500];
const connectors = new URL("../bench/connectors/", import.meta.url);

/** Reads at once; each write, of one record alone, is answered late. */
async function slowTool() {
  const written: string[] = [];
  const server = createServer((request, response) => {
    const json = (value: unknown) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value)); // prettier-ignore
    const id = /^\/contacts\/(\d+)$/.exec(request.url ?? "")?.[1];
    if (id !== undefined)
      return json({ id, updatedAt: "2026-01-01T00:00:00Z", archived: false, properties: { firstname: "Ada", lastname: `No ${id}` } }); // prettier-ignore
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { inputs } = JSON.parse(body) as { inputs: { externalId: string }[] };
      written.push(...inputs.map(({ externalId }) => externalId));
      const results = inputs.map(({ externalId }) => ({ externalId, id: `d${externalId}` }));
      setTimeout(() => json({ results, errors: [] }), answersAfterMs);
    });
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    written,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("once a retry of a thousand dead letters at a slow tool is cancelled, it ends with what is under way", async () => {
  using tool = await slowTool();
  await using folder = await emptyFolder();
  const manifests = join(folder.path, "connectors");
  await mkdir(manifests);
  for (const name of ["bench-source", "bench-destination"]) {
    const text = await readFile(new URL(`${name}.yaml`, connectors), "utf8");
    await writeFile(join(manifests, `${name}.yaml`), text.replace("batch: 100", "batch: 1"));
  }
  const env = { TIELINE_DIR: join(folder.path, "bot"), TIELINE_MANIFESTS: manifests, TIELINE_ALLOW: "loopback", CRM_TOKEN: "any" }; // prettier-ignore
  const log = makeLog("silent", null, () => []);
  await using core = await openCore(readConfig(env), log);
  const { store, engine, perform } = core;
  const from = { ...crm, connector: "bench-source", baseUrl: tool.url, settings: {} };
  const to = { ...from, name: connectionName("books"), connector: "bench-destination" };
  const ends = { from: plan.from, to: { ...plan.to, object: "contacts" } };
  await store.registry.save({ connections: [from, to], flows: [{ ...plan, ...plainPlan, ...ends }] }); // prettier-ignore

  const now = Temporal.Now.instant();
  const taken = await startRun(store);
  const dead = Array.from({ length: letters }, (_, n) => letter(String(n + 1)));
  await store.ledger.commit(page(taken, { letters: dead, at: now }));
  await store.runs.turn(taken.run, taken.epoch, { kind: "done" }, now);
  const asked = { flow, incident: null, by: "U1", as: null, total: letters, channel: null };
  const { run } = await store.runs.retryAll(asked, now);

  const performing = engine.perform(run.id);
  // One went first, then ten; of the next hundred some are under way, and the others wait for their turn.
  while (tool.written.length < 15) await sleep(20);
  const began = performance.now();
  await perform("runs.cancel", { run: run.id }, { kind: "system" });
  await performing;
  const seconds = (performance.now() - began) / 1000;
  console.log(`cancelled within ${seconds.toFixed(1)} s, each answer taking ${answersAfterMs / 1000} s`); // prettier-ignore
  expect((await store.runs.get(run.id))?.state.kind).toBe("cancelled");
  const written = await store.letters.list({
    flow,
    states: ["written", "superseded"],
    limit: letters,
  });
  expect(written.map(({ key }) => key).sort()).toEqual(tool.written.toSorted());
  expect(new Set(tool.written).size).toBe(tool.written.length);
  // Eight calls go at a time: the rest of the hundred in hand would have taken half a minute.
  expect(tool.written.length).toBeLessThan(50);
}, 120_000);
