import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import { closeHouses } from "../house.ts";
import { event, type GuestHouse, houseOf, secret, shapeOf } from "./guests.ts";

let home: GuestHouse;
beforeAll(async () => void (home = await houseOf("webhook")));
afterAll(closeHouses);

const customers = () => home.at(`/hooks/${home.token}/customers`);
const kept = (record: string) => home.inbox.all.filter((one) => one.record === record);
/** Nobody is kept waiting by what an earlier test has sent. */
const send = (url: URL, init: RequestInit) => ((home.doorClock.ms += 60_000), fetch(url, init));

test("what is signed is kept before it is answered, and once however often it comes", async () => {
  const one = event({ id: "c1", name: "Zoë" });
  const first = await send(customers(), one);
  expect([first.status, await first.json()]).toEqual([202, { kept: 1 }]);
  expect(kept("c1")).toHaveLength(1);
  for (let n = 0; n < 50; n += 1) await send(customers(), one);
  const last = await send(customers(), one);
  expect([last.status, await last.json()]).toEqual([202, { kept: 0 }]);
  expect(kept("c1")).toHaveLength(1);
});

test("where it cannot be kept, nobody is told that it was", async () => {
  const { keep } = home.inbox;
  home.inbox.keep = () => Promise.reject(new Error("the disk of /srv/tieline is full"));
  const answer = await send(customers(), event({ id: "c2" }));
  home.inbox.keep = keep;
  expect(answer.status).toBe(500);
  expect(Object.keys((await answer.json()) as object)).toEqual(["request"]);
});

test("a stranger learns nothing: not whether there is an address, an object, or a secret", async () => {
  const good = event({ id: "x" });
  const elsewhere = `/hooks/${"A".repeat(43)}`;
  const tries: [string, RequestInit][] = [
    [elsewhere, good],
    [`${elsewhere}/customers`, good],
    [`/hooks/${home.token}`, good],
    [`/hooks/${home.token}/nothing`, good],
    [`/hooks/${home.token}/customers`, event({ id: "x" }, { secret: `whsec_${btoa("another secret of 24 b")}` })], // prettier-ignore
    [`/hooks/${home.token}/customers`, event({ id: "x" }, { ago: 301 })],
    [`/hooks/${home.token}/customers`, event({ id: "x" }, { ago: -301 })],
    [`/hooks/${home.token}/customers`, { ...good, body: `${good.body} ` }],
    [`/hooks/${home.token}/customers`, { ...good, headers: { ...good.headers, "webhook-timestamp": "abc" } }], // prettier-ignore
    [`/hooks/${home.token}/customers`, { method: "POST", body: "{}" }],
    [`/hooks/${home.token}/customers`, { method: "GET" }],
    [`/hooks/${home.token}/customers`, { method: "DELETE" }],
    [`/hooks/${home.token}/companies`, { ...good, headers: { ...good.headers, "webhook-id": "other" } }], // prettier-ignore
  ];
  const shapes = [];
  for (const [path, init] of tries) shapes.push(await shapeOf(await send(home.at(path), init)));
  expect(shapes[0]).toMatchObject({ status: 401, body: "" });
  for (const [n, shape] of shapes.entries())
    expect(shape, String(tries[n]?.[0])).toEqual(shapes[0]);
  expect(kept("x")).toEqual([]);
});

test("the token is no key, and a key is no address", async () => {
  const withKey = { ...event({ id: "k" }) };
  withKey.headers = { ...withKey.headers, authorization: `Bearer ${home.token}` };
  expect((await send(home.at("/hooks/events/customers"), withKey)).status).toBe(401);
  expect(kept("k")).toEqual([]);
});

test("a sender who has proved who they are is told what is wrong with the message", async () => {
  const statuses = [];
  for (const odd of [{ type: "text/plain" }, { body: "{" }, { body: '{"specversion":"1.0"}' }])
    statuses.push((await send(customers(), event({ id: "x" }, odd))).status);
  expect(statuses).toEqual([415, 400, 400]);
});

test("too long, compressed or endless: refused before anybody looks at it", async () => {
  const body = "x".repeat(1024 * 1024 + 1);
  expect((await send(customers(), event({ id: "x" }, { body }))).status).toBe(413);
  const packed = { ...event({ id: "x" }), body: new Uint8Array(gzipSync("{}")) };
  const gzip = { ...packed, headers: { ...packed.headers, "content-encoding": "gzip" } };
  expect((await send(customers(), gzip)).status).toBe(415);

  const answered = await new Promise<string>((resolve) => {
    let answer = "";
    const { port, hostname } = customers();
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${customers().pathname} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`); // prettier-ignore
      const more = () => {
        while (socket.writable && socket.write(`10000\r\n${"x".repeat(0x10000)}\r\n`));
      };
      socket.on("drain", more);
      more();
    });
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer));
  });
  expect(answered).toMatch(/^HTTP\/1\.1 413 /);
});

test("other addresses below /hooks/ are nobody's", async () => {
  for (const path of [
    "/hooks/",
    "/hooks/events",
    "/hooks/short/customers",
    `/hooks/${home.token}/a/b`,
    `/hooks/${home.token}/..%2f`,
  ])
    // prettier-ignore
    expect((await send(home.at(path), event({ id: "x" }))).status, path).toBe(404);
});

test("the token and what was sent are in no log and no answer", async () => {
  const before = home.logged.length;
  const { keep } = home.inbox;
  home.inbox.keep = () => Promise.reject(new Error("no"));
  const answer = await send(customers(), event({ id: "secret-record", name: "Ada Lovelace" }));
  home.inbox.keep = keep;
  expect(home.logged.length).toBeGreaterThan(before);
  const told = JSON.stringify(home.logged) + (await answer.text());
  for (const word of [home.token, secret, "secret-record", "Ada"]) expect(told).not.toContain(word);
});

test("after 200 at once an address takes 20 a second, and says when in whole seconds", async () => {
  home.doorClock.ms += 600_000;
  const statuses = new Set<number>();
  for (let n = 0; n < 200; n += 1)
    statuses.add((await fetch(customers(), { method: "GET" })).status);
  expect([...statuses]).toEqual([401]);
  const held = await fetch(customers(), event({ id: "rate" }));
  expect([held.status, held.headers.get("retry-after")]).toEqual([429, "1"]);
  expect(kept("rate")).toEqual([]);
  // Another one has its own.
  const other = await fetch(home.at(`/hooks/${"B".repeat(43)}/customers`), event({ id: "rate" }));
  expect(other.status).toBe(401);
  home.doorClock.ms += 1000;
  expect((await fetch(customers(), event({ id: "rate" }))).status).toBe(202);
});

test("who guesses addresses is held up whatever they guess", async () => {
  home.doorClock.ms += 600_000;
  let held = 0;
  for (let n = 0; n < 1010; n += 1) {
    const guess = home.at(`/hooks/${String(n).padStart(43, "0")}`);
    if ((await fetch(guess, { method: "POST" })).status === 429) held += 1;
  }
  expect(held).toBe(10);
});

test("a batch is kept whole, or not at all", async () => {
  const one = (id: string) => ({ specversion: "1.0", id: `b-${id}`, source: "/s", type: "customer.changed", subject: id, data: { id } }); // prettier-ignore
  const batch = (events: unknown[]) => {
    const body = JSON.stringify(events);
    const sent = event({ id: "" }, { body, type: "application/cloudevents-batch+json" });
    const timestamp = sent.headers["webhook-timestamp"] ?? "";
    const id = sent.headers["webhook-id"] ?? "";
    return { ...sent, headers: { ...sent.headers, "webhook-signature": signed(secret, { id, timestamp, body }) ?? "" } }; // prettier-ignore
  };
  expect((await send(customers(), batch([one("b1"), one("b2")]))).status).toBe(202);
  expect([...kept("b1"), ...kept("b2")]).toHaveLength(2);
  expect((await send(customers(), batch([one("b3"), { no: "event" }]))).status).toBe(400);
  expect(kept("b3")).toEqual([]);
});
