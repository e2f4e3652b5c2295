import type { Conflict } from "#domain/conflict.ts";
import { conflictId, flowName } from "#domain/ids.ts";
import type { Room } from "./room.ts";

/** A pair of records of the room's flow that was changed on both sides. */
export function conflictIn({ memory, clock }: Room, more: Partial<Conflict> = {}): Conflict {
  const conflict: Conflict = {
    id: conflictId(memory.nextId("conflict")),
    flow: flowName("customers-to-books"),
    key: "501",
    target: "77",
    record: { name: "Ada Lovelace", email: "ada@example.com" },
    fields: {
      phone: { base: "+33170189900", source: "+33170189901", target: "+33170189902" },
      mobile: { base: null, source: "+33670189901", target: "+33670189902" },
    },
    changed: { source: "2026-11-23T07:00:00Z", target: null },
    choices: {},
    state: { kind: "open" },
    openedAt: clock.now(),
    version: 1,
    ...more,
  };
  memory.conflicts.set(conflict.id, conflict);
  return conflict;
}
