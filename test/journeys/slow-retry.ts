import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connectionName } from "#domain/ids.ts";
import { readConfig } from "../../src/config.ts";
import { openCore } from "../../src/core.ts";
import { makeLog } from "../../src/log.ts";
import { crm, flow, letter, page, plan, startRun } from "../store/examples.ts";
import { plainPlan } from "../support/plain-plan.ts";

export const answersAfterMs = 2500;
const letters = 1000;
const connectors = new URL("../bench/connectors/", import.meta.url);

/** Reads at once; each write, of one record alone, is done at once and answered so much later. */
export async function slowTool(afterMs = answersAfterMs) {
  let patience = afterMs;
  const written: string[] = [];
  const askedAt: Record<"reads" | "writes", number[]> = { reads: [], writes: [] };
  const server = createServer((request, response) => {
    const json = (value: unknown) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value)); // prettier-ignore
    askedAt[request.method === "GET" ? "reads" : "writes"].push(performance.now());
    const id = /^\/contacts\/(\d+)$/.exec(request.url ?? "")?.[1];
    if (id !== undefined)
      return json({ id, updatedAt: "2026-01-01T00:00:00Z", archived: false, properties: { firstname: "Ada", lastname: `No ${id}` } }); // prettier-ignore
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { inputs } = JSON.parse(body) as { inputs: { externalId: string }[] };
      written.push(...inputs.map(({ externalId }) => externalId));
      const results = inputs.map(({ externalId }) => ({ externalId, id: `d${externalId}` }));
      setTimeout(() => json({ results, errors: [] }), patience);
    });
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    written,
    askedAt,
    /** From now on it answers at once. */
    hurry: () => void (patience = 0),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type About = { letters?: number; manifest?: (text: string) => string };
const oneByOne = (text: string): string => text.replace("batch: 100", "batch: 1");

/** A Tieline in that folder with so many dead letters of a flow to the slow tool. */
export async function openBeforeSlowTool(folder: string, url: string, about: About = {}) {
  const { letters: count = letters, manifest = oneByOne } = about;
  const manifests = join(folder, "connectors");
  await mkdir(manifests);
  for (const name of ["bench-source", "bench-destination"]) {
    const text = await readFile(new URL(`${name}.yaml`, connectors), "utf8");
    await writeFile(join(manifests, `${name}.yaml`), manifest(text));
  }
  const env = { TIELINE_DIR: join(folder, "bot"), TIELINE_MANIFESTS: manifests, TIELINE_ALLOW: "loopback", CRM_TOKEN: "any" }; // prettier-ignore
  const open = () =>
    openCore(
      readConfig(env),
      makeLog("silent", null, () => []),
    );
  const core = await open();
  const { store } = core;
  const from = { ...crm, connector: "bench-source", baseUrl: url, settings: {} };
  const to = { ...from, name: connectionName("books"), connector: "bench-destination" };
  const ends = { from: plan.from, to: { ...plan.to, object: "contacts" } };
  await store.registry.save({ connections: [from, to], flows: [{ ...plan, ...plainPlan, ...ends }] }); // prettier-ignore

  const now = Temporal.Now.instant();
  const taken = await startRun(store);
  for (let n = 0; n < count; n += 1000) {
    const some = Array.from({ length: Math.min(1000, count - n) }, (_, m) => letter(String(n + m + 1))); // prettier-ignore
    await store.ledger.commit(page(taken, { letters: some, at: now }));
  }
  await store.runs.turn(taken.run, taken.epoch, { kind: "done" }, now);
  return { core, open };
}

/** A run that tries all of them again waits from now on. */
export async function retryAll({ store }: Awaited<ReturnType<typeof openCore>>) {
  const asked = { flow, incident: null, by: "U1", as: null, total: letters, channel: null };
  return (await store.runs.retryAll(asked, Temporal.Now.instant())).run.id;
}

/** The dead letters that are none any more. */
export async function writtenIn({ store }: Awaited<ReturnType<typeof openCore>>) {
  const written = await store.letters.list({ flow, states: ["written", "superseded"], limit: letters }); // prettier-ignore
  return written.map(({ key }) => key).toSorted();
}
