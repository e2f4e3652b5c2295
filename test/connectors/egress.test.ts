import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeEgress, type EgressOptions } from "#connectors/egress.ts";
import { NoAnswer } from "#connectors/egress/no-answer.ts";

const never = new AbortController().signal;
let reached = 0;
let inside: Server;
let port = 0;

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const closed = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

beforeAll(async () => {
  inside = await listen((_request, response) => {
    reached++;
    response.end("secret");
  });
  inside.on("connection", () => reached++);
  port = portOf(inside);
});
afterAll(() => closed(inside));

const get = (egress: ReturnType<typeof makeEgress>, url: string, headers = {}) =>
  egress.send({ method: "GET", url, headers, body: null, signal: never });

const shut: EgressOptions = { allow: { loopback: false, cidrs: [] } };

/** Every way of writing this machine, a neighbour or a cloud's metadata service that we know of. */
const hosts = [
  "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "2130706433",
  "017700000001", "0177.0.0.1", "0177.1", "0", "0.0.0.0", "0x0", "localhost", "localhost.", "LOCALHOST",
  "foo.localhost", "foo.localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "[::1]", "[::]",
  "[0:0:0:0:0:0:0:1]", "[0000::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:127.0.0.1]",
  "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]",
  "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::]",
  "[2001:0:53aa:64c::]", "[2001:db8::1]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]",
  "[ff02::1]", "[3fff::1]", "[5f00::1]", "[100::1]", "169.254.169.254", "169.254.0.1", "0xa9fea9fe", "2852039166",
  "0251.0376.0251.0376", "169.254.43518", "100.100.100.200", "100.64.0.1", "192.0.0.192", "192.0.0.1", "10.0.0.1",
  "10.255.255.255", "012.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.254", "3232235777",
  "198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
  "255.255.255.255", "metadata", "metadata.google.internal", "metadata.google.internal.", "instance-data", "printer.local",
  "router.lan", "db.internal", "wiki.corp", "nas.home.arpa", "host.docker.internal", "kubernetes.default.svc.local", "intranet",
]; // prettier-ignore

const hostile = [
  ...hosts.map((host) => `https://${host}/`),
  ...hosts.slice(0, 34).map((host) => `https://${host}:${"PORT"}/`),
  ...hosts.slice(0, 12).map((host) => `http://${host}:PORT/`),
  "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/", "data:text/plain,x",
  "javascript:alert(1)", "ws://example.com/", "https://user@example.com/", "https://user:pass@example.com/",
  "https://example.com@127.0.0.1:PORT/", "https://127.0.0.1:PORT#@example.com/", "https://127.0.0.1:PORT\\@example.com/",
  "https://example.com:22/", "https://example.com:25/", "https://example.com:6379/", "https://example.com:80/", "//127.0.0.1:PORT/",
  "https:///127.0.0.1:PORT/", "https:127.0.0.1:PORT", "https://[::1]:PORT/", "", "not a url", "https://", "https://[::1", " https://127.0.0.1:PORT/",
  "https://127.0.0.1:PORT/%0d%0aHost:x", "h\nttps://127.0.0.1:PORT/", "https://0177.0.0.01:PORT/", "https://%31%32%37.0.0.1:PORT/",
]; // prettier-ignore

test(`none of ${String(hostile.length)} hostile addresses is asked`, async () => {
  expect(hostile.length).toBeGreaterThanOrEqual(120);
  await using egress = makeEgress({ ...shut, resolve: () => expect.unreachable() });
  const before = reached;
  for (const url of hostile) {
    const asked = get(egress, url.replace("PORT", String(port)));
    await expect(asked, url).rejects.toThrow(NoAnswer);
    await expect(asked, url).rejects.toMatchObject({ sent: false });
  }
  expect(reached).toBe(before);
});

test.each<[string, LookupAddress[][]]>([
  ["this machine", [[{ address: "127.0.0.1", family: 4 }]]],
  ["this machine besides a good one", [[{ address: "93.184.216.34", family: 4 }, { address: "::1", family: 6 }]]], // prettier-ignore
  ["IPv4 dressed as IPv6", [[{ address: "::ffff:10.0.0.1", family: 6 }]]],
  ["metadata", [[{ address: "169.254.169.254", family: 4 }]]],
  ["nothing", [[]]],
])("a name that resolves to %s is not asked", async (_what, [answer = []]) => {
  await using egress = makeEgress({ ...shut, resolve: (_host, _options, done) => done(null, answer) }); // prettier-ignore
  const before = reached;
  await expect(get(egress, "https://rebind.example.com/")).rejects.toMatchObject({ sent: false });
  expect(reached).toBe(before);
});

test("a name that was good at first and is this machine later is not asked", async () => {
  const good = await listen((_request, response) => {
    response.setHeader("connection", "close");
    response.end("fine");
  });
  let asked = 0;
  // 127.0.0.1 stands for the good address: it is in the network the operator allows, the other is not.
  await using egress = makeEgress({
    allow: { loopback: false, cidrs: ["127.0.0.1/32"], ports: [portOf(good)] },
    resolve: (_host, _options, done) =>
      done(null, [{ address: asked++ === 0 ? "127.0.0.1" : "127.0.0.2", family: 4 }]),
  });
  const url = `https://rebind.example.com:${String(portOf(good))}/`;
  // It gets as far as speaking TLS to a server that does not.
  await expect(get(egress, url)).rejects.toThrow(/broke off|reached/);
  await expect(get(egress, url)).rejects.toThrow(/not on the public internet/);
  expect(asked).toBe(2);
  await closed(good);
});

test("redirects are followed three times at most, and credentials stay at home", async () => {
  const heard: (string | undefined)[] = [];
  const other = await listen((request, response) => {
    heard.push(request.headers.authorization, request.headers["x-api-key"] as string | undefined);
    response.end("{}");
  });
  const home = await listen((request, response) => {
    const to = request.url === "/away" ? `http://127.0.0.1:${String(portOf(other))}/` : request.url;
    const inner = request.url === "/metadata" ? "https://169.254.169.254/latest" : to;
    response.writeHead(302, { location: inner }).end();
  });
  await using egress = makeEgress({ allow: { loopback: true, cidrs: [] } });
  const at = `http://127.0.0.1:${String(portOf(home))}`;
  const secrets = { authorization: "Bearer x", "x-api-key": "y" };
  expect((await get(egress, `${at}/away`, secrets)).status).toBe(200);
  expect(heard).toEqual([undefined, undefined]);
  await expect(get(egress, `${at}/round`, secrets)).rejects.toThrow(/redirects without end/);
  await expect(get(egress, `${at}/metadata`, secrets)).rejects.toThrow(
    /not on the public internet/,
  );
  const post = { method: "POST", url: `${at}/away`, headers: secrets, body: "{}", signal: never };
  expect((await egress.send(post)).status).toBe(302);
  await closed(home);
  await closed(other);
});

test("an answer that is too large, too slow or without end is given up", async () => {
  const server = await listen((request, response) => {
    if (request.url === "/large") response.end("x".repeat(5000));
    else if (request.url === "/endless") {
      const more = (error?: Error | null) => {
        if (!error && !response.destroyed) response.write("x".repeat(1000), more);
      };
      more();
    } else if (request.url === "/lying") {
      response.writeHead(200, { "content-length": "999999999" });
      response.write("x");
    } else if (request.url === "/drip") response.write("x");
  });
  await using egress = makeEgress({ allow: { loopback: true, cidrs: [] }, maxBytes: 4000, idleMs: 200, headersMs: 200 }); // prettier-ignore
  const at = `http://127.0.0.1:${String(portOf(server))}`;
  await expect(get(egress, `${at}/large`)).rejects.toThrow(/larger/);
  await expect(get(egress, `${at}/endless`)).rejects.toThrow(/larger/);
  await expect(get(egress, `${at}/lying`)).rejects.toThrow(/larger/);
  await expect(get(egress, `${at}/drip`)).rejects.toMatchObject({ sent: true });
  await expect(get(egress, `${at}/silent`)).rejects.toThrow(/did not answer in time/);
  await closed(server);
  await expect(get(egress, `${at}/`)).rejects.toMatchObject({ sent: false });
});

test("where only some origins are asked, no redirect leads to another, and the size is kept", async () => {
  const elsewhere = `http://127.0.0.1:${port}/`;
  const one = await listen((request, response) => {
    if (request.url === "/away") response.writeHead(302, { location: elsewhere }).end();
    else response.end("x".repeat(request.url === "/large" ? 1025 : 1024));
  });
  const origin = `http://127.0.0.1:${portOf(one)}`;
  const allow = { loopback: true, cidrs: [] };
  await using egress = makeEgress({ allow, origins: [origin], maxBytes: 1024 });
  reached = 0;
  expect((await get(egress, `${origin}/small`)).body).toHaveLength(1024);
  await expect(get(egress, `${origin}/away`)).rejects.toThrow(/was not asked: only http/);
  await expect(get(egress, elsewhere)).rejects.toThrow(NoAnswer);
  await expect(get(egress, `${origin}/large`)).rejects.toThrow("larger than 1 KB");
  expect(reached).toBe(0);
  await closed(one);
});
