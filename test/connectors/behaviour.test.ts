import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { MappingBroken, RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Target } from "#domain/ports/tools.ts";
import { asRead, type Page, type SourceRecord, type Write } from "#domain/record.ts";
import { startHubspot } from "#sandbox/tools/hubspot/hubspot.ts";
import { startQuickbooks } from "#sandbox/tools/quickbooks/quickbooks.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { connectionTo, folder, never, openWorld } from "./world.ts";
import { fakeTool } from "./fake-tool.ts";

const { manifests } = await loadManifests([folder]);

const create = (n: number, fields: Record<string, string>): Write => ({ kind: "create", key: String(n), hash: "h", fields }); // prettier-ignore

async function collect(pages: AsyncIterable<Page>) {
  const records: SourceRecord[] = [];
  let checkpoint: Page["checkpoint"] = null;
  for await (const page of pages) {
    records.push(...page.records.map(asRead));
    checkpoint = page.checkpoint;
  }
  return { records, checkpoint };
}

const all = { gone: false, signal: never };

async function bothOf(target: Target, one: string, other: string) {
  const [[first] = [], [second] = []] = await target.find("email", [one, other], never);
  if (first === undefined || second === undefined) throw new Error("Not found");
  return [first, second] as const;
}

describe("HubSpot as a target", () => {
  test("creates by e-mail, updates by id, archives, and tells refusals one by one", async () => {
    await using tool = await startHubspot({ folder: null, seed: 3, limits: false });
    await using world = await openWorld(tool.credential);
    const target = world.tools.target(connectionTo("hubspot", tool.base_url), "contacts");
    const first = await target.send(
      {
        id: "r1",
        writes: [
          create(1, { email: "Ada@example.com", first_name: "Ada", "address.country": "FR" }),
          create(2, { first_name: "Nobody" }),
          create(3, { email: "grace@example.com" }),
          { kind: "update", key: "4", hash: "h", id: "999999", version: null, fields: { first_name: "X" } }, // prettier-ignore
        ],
      },
      never,
    );
    expect(first).toMatchObject({
      kind: "each",
      outcomes: [
        { kind: "accepted" },
        { kind: "rejected", problem: { field: "email", code: "MISSING_FIELD" } },
        { kind: "accepted" },
        { kind: "missing" },
      ],
    });
    const [ada, grace] = await bothOf(target, "ada@EXAMPLE.com", "grace@example.com");
    expect(ada.fields).toMatchObject({ first_name: "Ada", "address.country": "FR" });
    const second = await target.send(
      {
        id: "r2",
        writes: [
          { kind: "update", key: "1", hash: "h", id: ada.id, version: null, fields: { first_name: null, last_name: "L" } }, // prettier-ignore
          { kind: "update", key: "3", hash: "h", id: grace.id, version: null, fields: { email: "ada@example.com" } }, // prettier-ignore
        ],
      },
      never,
    );
    expect(second).toMatchObject({
      kind: "each",
      outcomes: [
        { kind: "accepted", id: ada.id },
        { kind: "rejected", problem: { class: "conflict", field: "email", candidates: [{ id: ada.id }] } }, // prettier-ignore
      ],
    });
    const gone = await target.send({ id: "r3", writes: [{ kind: "archive", key: "1", id: ada.id, version: null }] }, never); // prettier-ignore
    expect(gone).toMatchObject({ kind: "each", outcomes: [{ kind: "accepted", id: ada.id }] });
    expect(await target.read([ada.id, grace.id], never)).toHaveLength(1);

    const source = world.tools.source(connectionTo("hubspot", tool.base_url), "contacts");
    const { records } = await collect(source.pages(null, { gone: true, signal: never }));
    expect(records.filter(({ content }) => content.kind === "gone").map(({ id }) => id)).toEqual([ada.id]); // prettier-ignore
    expect(await source.read([ada.id], never)).toMatchObject([{ content: { kind: "gone" } }]);
  });
});

describe("QuickBooks as a target", () => {
  test("a name cannot break out of the query that looks for it", async () => {
    await using tool = await startQuickbooks({ folder: null, limits: false });
    await using world = await openWorld(tool.credential);
    const books = connectionTo("quickbooks", tool.base_url, { settings: tool.settings });
    const target = world.tools.target(books, "customers");
    const names = ["O'Brien", "back\\slash", "ends\\", "\\' or Active in (true) or DisplayName = '", "') maxresults 1 --", "it''s", "日本 ’quote‘", "100% _", "{settings}"]; // prettier-ignore
    const sent = await target.send({ id: "hostile", writes: names.map((name, n) => create(n, { name })) }, never); // prettier-ignore
    expect(sent).toMatchObject({ kind: "each", outcomes: names.map(() => ({ kind: "accepted" })) });
    const found = await target.find("name", [...names, "') or ('a' = 'a"], never);
    expect(found.map((group) => group.map(({ fields }) => fields["name"]))).toEqual([...names.map((name) => [name]), []]); // prettier-ignore
  });

  test("an update carries the version, a stale one is told, archived ones are gone", async () => {
    await using tool = await startQuickbooks({ folder: null, limits: false });
    await using world = await openWorld(tool.credential);
    const books = connectionTo("quickbooks", tool.base_url, { settings: tool.settings });
    const target = world.tools.target(books, "customers");
    await target.send({ id: "a", writes: [create(1, { name: "Ada", phone: "+33170189900", company_name: "A" })] }, never); // prettier-ignore
    const [[ada] = []] = await target.find("name", ["ada"], never);
    const id = ada?.id ?? "";
    const update = (version: string | null, fields: Record<string, string | null>): Write => ({ kind: "update", key: "1", hash: "h", id, version, fields }); // prettier-ignore
    const outcomes = async (request: string, write: Write) => {
      const sent = await target.send({ id: request, writes: [write] }, never);
      return sent.kind === "each" ? sent.outcomes : sent;
    };
    expect(await outcomes("b", update("0", { company_name: null }))).toMatchObject([{ kind: "accepted", id, version: "1" }]); // prettier-ignore
    expect(await outcomes("c", update("0", { company_name: "B" }))).toEqual([{ kind: "stale" }]);
    expect(await outcomes("d", update(null, { company_name: "B" }))).toEqual([{ kind: "stale" }]);
    expect(await target.read([id], never)).toMatchObject([{ id, version: "1", fields: { name: "Ada", phone: "+33170189900" } }]); // prettier-ignore
    expect(await outcomes("e", { kind: "archive", key: "1", id, version: "1" })).toMatchObject([{ kind: "accepted" }]); // prettier-ignore
    expect(await target.find("name", ["Ada"], never)).toEqual([[]]);
    expect(await outcomes("e", { kind: "archive", key: "1", id, version: "1" })).toMatchObject([{ kind: "accepted" }]); // prettier-ignore
    const source = world.tools.source(books, "customers");
    const { records, checkpoint } = await collect(
      source.pages(null, { gone: true, signal: never }),
    );
    expect(records.find((record) => record.id === id)?.content).toEqual({ kind: "gone" });
    expect(await source.estimate(checkpoint, never)).toEqual(expect.any(Number));
  });

  test("a rotating refresh token is renewed once, and its successor is kept", async () => {
    await using tool = await startQuickbooks({ folder: null, limits: false });
    const oauth = (tool as unknown as { oauth: Record<string, string> }).oauth;
    const secret = { client_id: oauth["client_id"] ?? "", client_secret: oauth["client_secret"] ?? "", refresh_token: oauth["refresh_token"] ?? "" }; // prettier-ignore
    await using world = await openWorld(secret);
    const books = connectionTo("quickbooks", tool.base_url, { settings: tool.settings, credential: Object.keys(secret) }); // prettier-ignore
    const checks = await Promise.all([1, 2, 3].map(() => world.tools.check(books, never)));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(world.vault.renewed).toBe(1);
    expect(world.vault.secret["refresh_token"]).not.toBe(secret.refresh_token);
    world.vault.secret = { ...world.vault.secret, access_token: "revoked" };
    expect(await world.tools.check(books, never)).toMatchObject({ ok: true });
    expect(world.vault.renewed).toBe(2);
    world.vault.secret = { ...secret, access_token: "revoked" };
    await expect(collect(world.tools.source(books, "customers").pages(null, all))).rejects.toThrow(SignInAgain); // prettier-ignore
  });

  const spec = new URL("../../../shared/specs/quickbooks.json", import.meta.url);
  test.skipIf(!existsSync(spec))(
    "every customer we send is one by the vendor's schema (skipped: no contracts here)",
    async () => {
      // prettier-ignore
      const contracts = JSON.parse(readFileSync(spec, "utf8")) as { components: object };
      const ajv = new Ajv({ strict: false, validateFormats: false });
      ajv.addSchema({ $id: "qbo", components: contracts.components });
      const judge = ajv.compile({ $ref: "qbo#/components/schemas/Customer" });
      let seen = 0;
      await using tool = await fakeTool(({ body }) => {
        const items = (body as { BatchItemRequest: { bId: string; Customer: object }[] })
          .BatchItemRequest;
        for (const { Customer } of items) {
          seen++;
          expect(judge(Customer), JSON.stringify(judge.errors)).toBe(true);
        }
        return { json: { BatchItemResponse: items.map(({ bId }) => ({ bId, Customer: { Id: bId, SyncToken: "0" } })) } }; // prettier-ignore
      });
      await using world = await openWorld({ token: "t" });
      const target = world.tools.target(connectionTo("quickbooks", tool.url, { settings: { realm_id: "1" } }), "customers"); // prettier-ignore
      const full = Object.fromEntries([...target.holds].map((name) => [name, "x"]));
      const fields = { ...full, email: "a@example.com", phone: "+33170189900", mobile: "+33612345678", "address.country": "FR", currency: "EUR" }; // prettier-ignore
      const emptied = Object.fromEntries([...target.holds].map((name) => [name, null]));
      await target.send({ id: "r", writes: [create(1, fields), { kind: "update", key: "1", hash: "h", id: "1", version: "0", fields: emptied }, { kind: "archive", key: "1", id: "1", version: "0" }] }, never); // prettier-ignore
      expect(seen).toBe(3);
    },
  );
});

describe("when a tool misbehaves", () => {
  const contact = (id: number, updatedAt = "2026-01-01T00:00:00.000Z") => ({ id: String(id), properties: { email: `c${String(id)}@example.com` }, updatedAt, archived: false }); // prettier-ignore
  const reading = async (tool: { url: string }) => {
    const world = await openWorld({ token: "t" }, manifests);
    return { ...world, source: world.tools.source(connectionTo("hubspot", tool.url), "contacts"), target: world.tools.target(connectionTo("hubspot", tool.url), "contacts") }; // prettier-ignore
  };

  test("a read is tried again, and given up in the end", async () => {
    const bad = [{ status: 500, text: "oops" }, { text: '{"results":[{"id' }, { status: 200, text: "<html>" }]; // prettier-ignore
    await using tool = await fakeTool(() => bad.shift() ?? { json: { results: [contact(1)] } });
    const { source } = await reading(tool);
    expect((await collect(source.pages(null, all))).records).toHaveLength(1);
    await using down = await fakeTool(() => ({ status: 503, text: "" }));
    await expect(collect((await reading(down)).source.pages(null, all))).rejects.toThrow(
      Unavailable,
    );
    expect(down.requests).toHaveLength(4);
  });

  test("a short wait is waited for, a long one is told, and the bucket is closed", async () => {
    const waits = [{ status: 429, text: "", headers: { "retry-after": "2" } }];
    await using tool = await fakeTool(() => waits.shift() ?? { json: { results: [] } });
    const { source, clock, allowance } = await reading(tool);
    await collect(source.pages(null, all));
    expect(clock.slept).toEqual([2000]);
    expect(allowance.closed).toMatchObject([[{ name: "requests" }, 2000]]);
    await using slow = await fakeTool(() => ({ status: 429, text: "", headers: { "retry-after": "3155760000" } })); // prettier-ignore
    await expect(collect((await reading(slow)).source.pages(null, all))).rejects.toMatchObject({ name: "RetryLater", waitMs: 3_600_000 }); // prettier-ignore
    expect(RetryLater.name).toBe("RetryLater");
  });

  test("a write without a clear answer is unknown, and is not sent twice", async () => {
    const write = { id: "r", writes: [create(1, { email: "a@example.com" })] };
    for (const answer of [{ status: 500, text: "" }, { text: "{" }, { json: { results: [] } }]) {
      await using tool = await fakeTool(() => answer);
      expect(await (await reading(tool)).target.send(write, never)).toMatchObject({ kind: "unknown" }); // prettier-ignore
      expect(tool.requests).toHaveLength(1);
    }
    await using tool = await fakeTool(() => ({ text: "" }));
    const { target } = await reading(tool);
    await tool[Symbol.asyncDispose]();
    await expect(target.send(write, never)).rejects.toThrow(Unavailable);
  });

  test("a batch refused whole is told as such", async () => {
    await using tool = await fakeTool(() => ({ status: 400, json: { category: "VALIDATION_ERROR", message: 'Property values were not valid: [{"message":"bad","error":"INVALID_EMAIL","name":"email"}]' } })); // prettier-ignore
    const { target } = await reading(tool);
    const writes = [create(1, { email: "a@example.com" }), create(2, { email: "b@example.com" })];
    expect(await target.send({ id: "r", writes }, never)).toEqual({ kind: "refused", problem: { class: "invalid", field: "email", code: "INVALID_EMAIL", message: "bad" } }); // prettier-ignore
  });

  test("a circle in a list is seen, and a refused list is the setting's fault", async () => {
    await using round = await fakeTool(({ query }) => ({ json: { results: [contact(1)], paging: { next: { after: query.get("after") === "a" ? "b" : "a" } } } })); // prettier-ignore
    await expect(collect((await reading(round)).source.pages(null, all))).rejects.toThrow(/circle/);
    expect(round.requests.length).toBeLessThanOrEqual(4);
    await using refusing = await fakeTool(() => ({ status: 400, json: { message: "no" } }));
    await expect(collect((await reading(refusing)).source.pages(null, all))).rejects.toThrow(MappingBroken); // prettier-ignore
  });

  test("records that are poison come as records with a problem", async () => {
    const deep = `${'{"a":'.repeat(70)}1${"}".repeat(70)}`;
    const text = `{"results":[{"id":"1","deep":${deep}},{"id":"2","big":"${"x".repeat(1_100_000)}"},{"id":9007199254740993,"properties":{"email":"nope","phone":"12","firstname":"a\\u0000b","lastname":"\\ud800","zip":1.50,"country":"Atlantis"}},{"properties":{}}]}`; // prettier-ignore
    await using tool = await fakeTool(() => ({ text }));
    const { records } = await collect((await reading(tool)).source.pages(null, all));
    const codes = records.map(({ content }) => (content.kind === "live" ? content.problems.map(({ code }) => code) : [])); // prettier-ignore
    expect(codes).toEqual([["TOO_DEEP"], ["TOO_LARGE"], ["BAD_EMAIL", "BAD_CHARACTER", "BAD_CHARACTER", "BAD_PHONE", "BAD_COUNTRY"], ["BAD_KEY"]]); // prettier-ignore
    expect(records[2]?.id).toBe("9007199254740993");
    expect(records[2]?.content).toMatchObject({ fields: { email: "nope", "address.postcode": "1.50" } }); // prettier-ignore
    expect(Buffer.from(records[2]?.raw() ?? []).toString()).toContain('"zip":1.50');
    expect(records[3]?.id).toMatch(/^sha256:/);
  });

  test("a search wall is walked around, through a moment that is larger than the wall", async () => {
    const moment = "2026-02-01T00:00:00.000Z";
    const data = [
      ...Array.from({ length: 45 }, (_, n) => contact(n + 1, new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString())), // prettier-ignore
      ...Array.from({ length: 130 }, (_, n) => contact(n + 1000, moment)),
      contact(5000, "2026-03-01T00:00:00.000Z"),
    ];
    await using tool = await fakeTool(({ path, body }) => {
      if (path.endsWith("/batch/read")) {
        const ids = (body as { inputs: { id: string }[] }).inputs.map(({ id }) => id);
        return { json: { results: data.filter(({ id }) => ids.includes(id)) } };
      }
      const asked = body as { filterGroups: { filters: { operator: string; value: string }[] }[]; after?: string; limit: number }; // prettier-ignore
      const [when, above] = asked.filterGroups[0]?.filters ?? [];
      const from = Number(when?.value);
      const hits = data.filter(({ id, updatedAt }) => when?.operator === "EQ" ? Date.parse(updatedAt) === from && Number(id) > Number(above?.value) : Date.parse(updatedAt) >= from); // prettier-ignore
      const after = Number(asked.after ?? 0);
      if (after >= 50) return { status: 400, json: { message: "too far" } };
      const end = Math.min(after + 20, 50);
      return { json: { results: hits.slice(after, end), ...(end < hits.length && { paging: { next: { after: String(end) } } }) } }; // prettier-ignore
    });
    const walled = manifests.map((manifest) => {
      const changed = structuredClone(manifest);
      const next = changed.objects["contacts"]?.changes?.next;
      if (next?.kind === "window") next.cap = 50;
      return changed;
    });
    await using world = await openWorld({ token: "t" }, walled);
    const source = world.tools.source(connectionTo("hubspot", tool.url), "contacts");
    const { records } = await collect(source.pages({ since: "2026-01-01T00:00:00Z" }, all));
    expect(new Set(records.map(({ id }) => id)).size).toBe(data.length);
    expect(records.length).toBeLessThan(data.length + 60);
  });

  test("a read that was broken off goes on at its cursor", async () => {
    await using tool = await fakeTool(({ query }) => {
      const at = Number(query.get("after") ?? 0);
      return { json: { results: [contact(at + 1)], ...(at < 4 && { paging: { next: { after: String(at + 1) } } }) } }; // prettier-ignore
    });
    const { source } = await reading(tool);
    for await (const { checkpoint } of source.pages(null, all)) {
      const { records } = await collect(source.pages(checkpoint, all));
      expect(records.map(({ id }) => id)).toEqual(["2", "3", "4", "5"]);
      break;
    }
  });
});
