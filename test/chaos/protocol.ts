/** A message of a client, as Postgres' protocol 3.0 has it (postgresql.org/docs, "Message Formats"). */
export type Message = { type: string; body: Buffer };

/** Puts chunks together to messages; the first of a connection has no type. */
export function messagesOf(): (chunk: Buffer) => Message[] {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return messages;
      const type = started ? String.fromCharCode(rest[0] ?? 0) : "";
      messages.push({ type, body: rest.subarray(head + 4, end) });
      rest = rest.subarray(end);
      started = true;
    }
  };
}

/** What is found in the statement that stores a page, and in no other (`src/store/commit.ts`). */
const mark = "with turn as materialized";

/** Tells, of the messages of one connection in their order, whether one carries out that statement. */
export function storesAPage(): (message: Message) => boolean {
  const names = new Set<string>();
  return ({ type, body }) => {
    if (type === "P") {
      const [name = "", text = ""] = textsIn(body, 2);
      if (text.includes(mark)) names.add(name);
      else names.delete(name);
    }
    // A portal, then the statement it is bound to.
    return type === "B" && names.has(textsIn(body, 2)[1] ?? "");
  };
}

function textsIn(body: Buffer, count: number): string[] {
  const texts: string[] = [];
  let from = 0;
  while (texts.length < count) {
    const to = body.indexOf(0, from);
    if (to < 0) break;
    texts.push(body.toString("utf8", from, to));
    from = to + 1;
  }
  return texts;
}
