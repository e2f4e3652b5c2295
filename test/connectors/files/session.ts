import { bytesOf, hashOf, heldBy } from "../../matrix/file-bytes.ts";
import { never } from "../world.ts";
import { create, holding, idOf, type Opened, send } from "./world.ts";

/** Everything a connector does with files, once. */
export async function wholeSession(tool: Opened): Promise<void> {
  const small = bytesOf(1);
  const large = bytesOf(2, 11_000_000);
  const fields = { path: "/Été/李 小龍.txt", kind: "file", content: hashOf(small) };
  const id = idOf(await send(tool.target(holding(small, hashOf(small))), create(fields)));
  await send(tool.target(), create({ path: "/Été/Empty folder", kind: "folder" }));
  const target = tool.target(holding(large, hashOf(large)));
  const [now] = await target.read([id], never);
  const update = { kind: "update" as const, key: "k", hash: "h", id };
  const version = now?.version ?? null;
  await send(target, { ...update, version, fields: { path: "/Other/moved.txt", content: hashOf(large) } }); // prettier-ignore
  const big = { path: "/Été/large.bin", kind: "file", content: hashOf(large) };
  idOf(await send(target, create(big)));
  await target.find("path", ["/Other/moved.txt", "/Nowhere/x.txt"], never);
  await heldBy(tool.source, id);
  let checkpoint = null;
  for await (const page of tool.source.pages(null, { gone: true, signal: never }))
    ({ checkpoint } = page as { checkpoint: null });
  idOf(await send(target, { kind: "archive", key: "k", id, version: null }));
  for await (const page of tool.source.pages(checkpoint, { gone: true, signal: never }))
    ({ checkpoint } = page as { checkpoint: null });
}
