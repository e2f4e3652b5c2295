import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { FileContent } from "#domain/ports/tools.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { bytesOf } from "../../matrix/file-bytes.ts";
import { emptyFolder, startTieline } from "../../support/bot.ts";
import { post } from "../../support/sandbox.ts";
import { connectionTo, openWorld } from "../world.ts";
import { create, idOf, send, type Tool } from "./world.ts";

type Told = { base_url: string; credential: Record<string, string> };
const block = bytesOf(5, 1_000_000);
const blocks = 200;
const size = blocks * block.length;

/** A file of 200 MB that nobody holds. */
const large: FileContent = {
  size,
  mediaType: null,
  hash: null,
  async *bytes(from) {
    await Promise.resolve();
    for (let at = from; at < size; at += block.length) yield block;
  },
};

/** How many bytes this process has more of at most, while something is done, than before. */
async function growth(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  await work();
  clearInterval(look);
  return most - before;
}

test("200 MB move from Google Drive to Dropbox, and never are more than a few here", async () => {
  await using folder = await emptyFolder();
  // The tools hold it whole, so they are in a process of their own.
  await using tools = startTieline(["sandbox", "--only", "google-drive,dropbox"], {
    TIELINE_DIR: folder.path,
  });
  const [line] = await tools.printed(/^\{.*\}$/m);
  const told = (JSON.parse(line) as { tools: Record<Tool, Told> }).tools;
  const end = async (name: Tool) => {
    const { base_url, credential } = told[name];
    await post(new URL("/_config", base_url), { limits: false });
    const world = await openWorld(credential);
    const connection = connectionTo(name, base_url, { credential: Object.keys(credential) });
    return { world, connection, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  };
  await using from = await end("google-drive");
  await using to = await end("dropbox");
  const hash = createHash("sha256");
  for (let n = 0; n < blocks; n += 1) hash.update(block);
  const fields = { path: "/Large/film.bin", kind: "file", content: `sha256:${hash.digest("hex")}` };
  const targetOf = ({ world, connection }: typeof from, content: () => Promise<FileContent>) =>
    world.tools.target(connection, "files", {
      connection: connectionName("left"),
      flow: flowName("by-hand"),
      content,
    });
  const there = idOf(
    await send(
      targetOf(from, () => Promise.resolve(large)),
      create(fields),
    ),
  );

  const source = from.world.tools.source(from.connection, "files");
  const [record] = await source.read([there], AbortSignal.timeout(60_000));
  if (record?.content.kind !== "live") throw new Error("The file is not there");
  const { content } = record.content.fields;
  const open = source.content;
  if (open === null) throw new Error("There are no files");
  const grown = await growth(async () => {
    const opened = () => open(there, AbortSignal.timeout(120_000));
    const moved = await send(targetOf(to, opened), create({ ...fields, content: content ?? null }));
    expect(moved.kind).toBe("accepted");
  });
  expect(grown / 1_000_000).toBeLessThan(128);
}, 180_000);
