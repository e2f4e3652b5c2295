import { describe, expect, test } from "vitest";
import { bytesOf, hashOf, heldBy } from "../../matrix/file-bytes.ts";
import { never } from "../world.ts";
import { create, holding, idOf, openFiles, send, type Tool } from "./world.ts";

const tools: Tool[] = ["dropbox", "google-drive"];
const twenty = bytesOf(3, 20_000_000);
const file = (bytes: Buffer) => ({ path: "/A/big.bin", kind: "file", content: hashOf(bytes) });
const whole = `20000000 bytes, ${hashOf(twenty).slice("sha256:".length)}`;

const isPiece: Record<Tool, (path: string, method: string) => boolean> = {
  dropbox: (path) => /append_v2|finish$/.test(path),
  "google-drive": (path, method) => method === "PUT" && path.includes("upload_id"),
};

describe.each(tools)("%s", (tool) => {
  test("20 MB arrive though pieces break off before and after they were taken", async () => {
    await using to = await openFiles(tool);
    let pieces = 0;
    to.meddle.with = async ({ path, method, body }, { to: answer, pass }) => {
      if (!isPiece[tool](path, method) || body.length < 1000) return false;
      pieces += 1;
      if (pieces % 2 === 0) return false;
      // Every other one: never heard of, or taken and not answered.
      if (pieces % 4 === 1) answer.destroy();
      else await pass(0);
      return true;
    };
    const target = to.target(holding(twenty, hashOf(twenty)));
    const id = idOf(await send(target, create(file(twenty))));
    expect(pieces).toBeGreaterThan(4);
    expect(await heldBy(to.source, id)).toBe(whole);
  });

  test("a file whose end was taken and not answered is there once, and is that one", async () => {
    await using to = await openFiles(tool);
    const large = bytesOf(4, 6_000_000);
    let broken = false;
    to.meddle.with = async ({ path, method, headers }, { pass }) => {
      const isEnd = /finish$/.test(path) || headers["content-range"]?.endsWith("/6000000");
      if (isEnd !== true || broken || !isPiece[tool](path, method)) return false;
      broken = true;
      await pass(0);
      return true;
    };
    const target = to.target(holding(large, hashOf(large)));
    const id = idOf(await send(target, create(file(large))));
    expect(broken).toBe(true);
    const [found] = await target.find("path", ["/A/big.bin"], never);
    expect(found?.map((record) => record.id)).toEqual([id]);
  });

  test("20 MB come though the download breaks off, each time from where it was", async () => {
    await using from = await openFiles(tool);
    const id = idOf(await send(from.target(holding(twenty, hashOf(twenty))), create(file(twenty))));
    const ranges: (string | undefined)[] = [];
    from.meddle.with = async ({ path, headers }, { pass }) => {
      if (!/download|alt=media/.test(path)) return false;
      ranges.push(headers.range);
      await pass(ranges.length < 4 ? 3_000_000 : Infinity);
      return true;
    };
    expect(await heldBy(from.source, id)).toBe(whole);
    expect(ranges).toHaveLength(4);
    expect(ranges.slice(1).every((range) => /^bytes=\d{7,}-$/.test(range ?? ""))).toBe(true);
  });

  test("memory stays flat, however large the file", async () => {
    await using to = await openFiles(tool);
    const size = 200_000_000;
    const block = bytesOf(5, 1_000_000);
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    for (let at = 0; at < size; at += block.length) hash.update(block);
    // Only our side is measured: what is sent is thrown away on the way, and the tool never hears of it.
    let most = 0;
    let taken = 0;
    to.meddle.with = ({ path, method, body }, { to: answer }) => {
      most = Math.max(most, process.memoryUsage().rss);
      if (!isPiece[tool](path, method)) return false;
      taken += body.length;
      const last = taken + 5_242_880 * (tool === "dropbox" ? 1 : 0) >= size;
      if (last) answer.writeHead(400, { "content-type": "text/plain" }).end("enough");
      else if (tool === "dropbox") answer.end("null");
      else answer.writeHead(308, { range: `bytes=0-${String(taken - 1)}` }).end();
      return true;
    };
    const content = () =>
      Promise.resolve({
        size,
        mediaType: null,
        hash: null,
        async *bytes() {
          for (let at = 0; at < size; at += block.length) {
            await Promise.resolve();
            yield block;
          }
        },
      });
    const before = process.memoryUsage().rss;
    const told = `sha256:${hash.digest("hex")}`;
    const outcome = await send(to.target(content), create({ ...file(block), content: told }));
    expect(outcome.kind).toBe("rejected");
    expect(taken).toBeGreaterThan(size - 6_000_000);
    expect((most - before) / 1_048_576).toBeLessThan(64);
  });

  test("a file that is not what its record said is not kept, and comes again", async () => {
    await using to = await openFiles(tool);
    for (const bytes of [bytesOf(1), twenty]) {
      const target = to.target(holding(bytes, hashOf(twenty.subarray(1))));
      const fields = { ...file(bytes), content: hashOf(twenty.subarray(1)) };
      expect(await send(target, create(fields))).toEqual({ kind: "stale" });
    }
    expect(await to.target().find("path", ["/A/big.bin"], never)).toEqual([[]]);
  });

  test("a target that holds something else than was sent is not believed", async () => {
    await using to = await openFiles(tool);
    to.meddle.with = ({ path }, { to: answer }) => {
      if (!/files\/upload$|uploadType=multipart/.test(path)) return false;
      const other = { id: "id:x", name: "x", parents: [], content_hash: "0".repeat(64), md5Checksum: "0".repeat(32) }; // prettier-ignore
      answer.end(JSON.stringify({ ".tag": "file", ...other }));
      return true;
    };
    const bytes = bytesOf(1);
    const outcome = await send(to.target(holding(bytes, hashOf(bytes))), create(file(bytes)));
    expect(outcome).toMatchObject({ kind: "rejected", problem: { code: "CONTENT_DIFFERS" } });
  });

  test("somebody's change meanwhile is not written over", async () => {
    await using to = await openFiles(tool);
    const first = bytesOf(1);
    const second = bytesOf(2);
    const target = to.target(holding(first, hashOf(first)));
    const made = await send(target, create(file(first)));
    const id = idOf(made);
    const edit = { id, object: "files", set: { content: "by hand" } };
    await fetch(`${to.tool.base_url}/_edit`, { method: "POST", body: JSON.stringify(edit) });
    const now = await heldBy(to.source, id);
    const version = made.kind === "accepted" ? made.version : null;
    expect(version).not.toBeNull();
    const update = { kind: "update" as const, key: "k", hash: "h", id, version, fields: { content: hashOf(second) } }; // prettier-ignore
    const other = to.target(holding(second, hashOf(second)));
    expect(await send(other, update)).toEqual({ kind: "stale" });
    expect(await heldBy(to.source, id)).toBe(now);
    const [seen] = await other.read([id], never);
    const after = await send(other, { ...update, version: seen?.version ?? null });
    expect(after).toMatchObject({ kind: "accepted", id });
    expect(await heldBy(to.source, id)).not.toBe(now);
  });
});
