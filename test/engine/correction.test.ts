import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Known } from "#domain/ports/ledger.ts";
import type { Write } from "#domain/record.ts";
import { correctionOf, settledLate } from "#engine/correction.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");
const edited = { name: "Eva", phone: "+331" };
const eva = correctionOf(hash, edited);

type Letter = NonNullable<Known["letter"]>;
const settled = (write: Partial<Extract<Write, { kind: "create" }>>, letter: Partial<Letter>) =>
  settledLate({ kind: "create", key: "a", hash: "h", fields: {}, ...write }, { state: "open", hash: "h", ...letter }, hash); // prettier-ignore

test("one correction is told from another by its values, in whatever order they stand", () => {
  expect(eva).toBe(correctionOf(hash, { phone: "+331", name: "Eva" }));
  expect(eva).not.toBe(correctionOf(hash, { ...edited, name: "Eve" }));
  for (const none of [null, undefined]) expect(correctionOf(hash, none)).toBe(undefined);
});

test.each<[string, Parameters<typeof settled>[0], Partial<Letter>, string | null]>([
  ["as it was", {}, {}, "written"],
  ["as it was corrected", { corrected: eva! }, { edited }, "written"],
  ["before it was corrected", {}, { edited }, "earlier"],
  ["before it was corrected once more", { corrected: eva! }, { edited: { name: "Eve" } }, "earlier"],
  ["with a correction that was taken back", { corrected: eva! }, {}, "written"],
  ["with another content", { hash: "other" }, {}, null],
  ["though a person has discarded it", {}, { state: "discarded" }, null],
])("what turns out to be written %s", (_what, write, letter, as) => {
  expect(settled(write, letter)).toEqual(as === null ? null : { key: "a", as });
}); // prettier-ignore

test("where nothing waits nothing is settled, and an archive is no content", () => {
  const create: Write = { kind: "create", key: "a", hash: "h", fields: {} };
  expect(settledLate(create, null, hash)).toBe(null);
  expect(settledLate(create, undefined, hash)).toBe(null);
  const archive: Write = { kind: "archive", key: "a", id: "t1", version: null };
  expect(settledLate(archive, { state: "open", hash: "h" } as Letter, hash)).toBe(null);
});
