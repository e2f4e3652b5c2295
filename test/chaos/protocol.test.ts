import { expect, test } from "vitest";
import { messagesOf, storesAPage } from "./protocol.ts";

const message = (type: string, body: string): Buffer => {
  const bytes = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length + 4);
  return Buffer.concat([Buffer.from(type), length, bytes]);
};

test("the statement that stores a page is known by what was prepared under its name", () => {
  const all = Buffer.concat([
    message("", "startup"),
    message("P", "s1\0with turn as materialized (…)\0\0\0"),
    message("P", "s2\0select 1\0\0\0"),
    message("B", "\0s2\0…"),
    message("B", "\0s1\0…"),
  ]);
  const messages = messagesOf();
  const storing = storesAPage();
  const found: boolean[] = [];
  // However the network cuts them.
  for (let from = 0; from < all.length; from += 7)
    for (const one of messages(all.subarray(from, from + 7))) found.push(storing(one));
  expect(found).toEqual([false, false, false, false, true]);
});
