import type { Role } from "#domain/actor.ts";
import type { Room } from "./room.ts";

/** A delivery that was made, and is asked for once more. */
const delivered = ({ deliveries, clock }: Room) => {
  const event = { type: "deal.won", source: "/flows/x", subject: "1", data: {} } as const;
  const delivery = deliveries.put("books", { ...event, id: "e1", at: clock.now() });
  return Promise.resolve({ connection: "books", delivery });
};
const books = () => Promise.resolve({ connection: "books" });
const operator: Role = "operator";

/** Who may do what with what a connection is sent and told, and with what it is tried. */
export const ofHooks = {
  "hooks.show": [operator, books],
  "hooks.renew": ["admin" as Role, books],
  "hooks.unsubscribe": [
    "admin" as Role,
    () => Promise.resolve({ connection: "books", subscription: "sub_1" }),
  ],
  "events.choose": [
    "admin" as Role,
    () => Promise.resolve({ connection: "books", events: ["deal.won"] }),
  ],
  "deliveries.list": [operator, books],
  "deliveries.plan": [operator, delivered],
  "deliveries.replay": [operator, delivered],
  "deliveries.switch-on": [operator, books],
} satisfies Record<string, [Role, (room: Room) => Promise<unknown>]>;
