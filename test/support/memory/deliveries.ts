import type { Address, Delivery, Endpoint, Which } from "#domain/delivery.ts";
import type { Event } from "#domain/event.ts";
import { connectionName, type ConnectionName } from "#domain/ids.ts";
import type { Deliveries } from "#domain/ports/deliveries.ts";

type Kept = Omit<Delivery, "event"> & { event: Event; tried: number; takenUntil: number };
type Standing = { endpoint: Endpoint; notBefore: number };

/** Deliveries in memory. */
export function memoryDeliveries() {
  const kept: Kept[] = [];
  const standings = new Map<string, Standing>();
  const keyOf = ({ connection, subscription }: Address) => `${connection} ${subscription ?? ""}`;
  const of = (address: Address): Standing => {
    const key = keyOf(address);
    const found = standings.get(key) ?? { endpoint: { kind: "on", failingSince: null }, notBefore: 0 }; // prettier-ignore
    standings.set(key, found);
    return found;
  };
  const ms = (at: Temporal.Instant): number => at.epochMilliseconds;
  const isDue = (one: Kept, at: number): boolean =>
    one.state === "waiting" && one.next !== null && ms(one.next) <= at && one.takenUntil <= at;
  const among = (connection: ConnectionName, which: Which): Kept[] =>
    kept.filter(
      (one) =>
        one.connection === connection &&
        (which.kind === "one"
          ? one.id === which.id
          : ms(one.event.at) >= ms(which.from) && ms(one.event.at) < ms(which.to)),
    );

  const deliveries: Deliveries = {
    async take(at, until, most) {
      const one = kept.find((each) => {
        const { endpoint, notBefore } = of(each);
        const busy = kept.filter((other) => keyOf(other) === keyOf(each) && other.takenUntil > ms(at)); // prettier-ignore
        return endpoint.kind === "on" && notBefore <= ms(at) && busy.length < most && isDue(each, ms(at)); // prettier-ignore
      });
      if (one === undefined) return undefined;
      one.takenUntil = ms(until);
      const { id, connection, subscription, tried, event } = one;
      return { id, connection, subscription, tried, parcel: { kind: "event", event } };
    },
    async tried(id, attempt, { state, next }) {
      const one = kept.find((delivery) => delivery.id === id);
      if (one === undefined) return;
      const attempts = [...one.attempts, attempt];
      Object.assign(one, { attempts, state, next, tried: one.tried + 1, takenUntil: 0 });
    },
    async nextDue() {
      const waiting = kept.filter(
        (one) => one.state === "waiting" && of(one).endpoint.kind === "on",
      );
      const times = waiting.map((one) => Math.max(ms(one.next ?? one.event.at), one.takenUntil, of(one).notBefore)); // prettier-ignore
      return times.length === 0 ? null : Temporal.Instant.fromEpochMilliseconds(Math.min(...times));
    },
    async list(connection, { skip, limit }) {
      const own = kept.filter((one) => one.connection === connection).toReversed();
      return { deliveries: own.slice(skip, skip + limit), total: own.length };
    },
    find: async (connection, id) =>
      kept.find((one) => one.connection === connection && one.id === id),
    async counts({ connection, subscription }) {
      const own = kept.filter(
        (one) =>
          one.connection === connection &&
          (subscription === undefined || one.subscription === subscription),
      );
      const count = (state: Delivery["state"]) => own.filter((one) => one.state === state).length;
      return { waiting: count("waiting"), delivered: count("delivered"), failed: count("failed") };
    },
    count: async (connection, which) => among(connection, which).length,
    async again(connection, which, at) {
      const all = among(connection, which);
      for (const one of all) Object.assign(one, { state: "waiting", next: at, tried: 0 });
      return all.length;
    },
    endpoint: async (address) => of(address).endpoint,
    async worked(address) {
      if (of(address).endpoint.kind === "on") standings.delete(keyOf(address));
    },
    async failed(address, at) {
      const standing = of(address);
      const { endpoint } = standing;
      if (endpoint.kind === "off") return at;
      standing.endpoint = { kind: "on", failingSince: endpoint.failingSince ?? at };
      return endpoint.failingSince ?? at;
    },
    async pause(address, until) {
      of(address).notBefore = ms(until);
    },
    async turn(address, to, at) {
      const standing = of(address);
      if (standing.endpoint.kind === to.kind) return false;
      standing.endpoint = to.kind === "on" ? { kind: "on", failingSince: null } : to;
      standing.notBefore = 0;
      for (const one of kept)
        if (to.kind === "on" && keyOf(one) === keyOf(address) && one.state === "waiting")
          Object.assign(one, { next: at, tried: 0 });
      return true;
    },
  };
  /** As if it had just been handed out. */
  const put = (connection: string, event: Event, subscription: string | null = null): string => {
    const id = `delivery-${kept.length + 1}`;
    const name = connectionName(connection);
    kept.push({ id, connection: name, subscription, flow: null, event, state: "waiting", next: event.at, attempts: [], tried: 0, takenUntil: 0 }); // prettier-ignore
    return id;
  };
  return { ...deliveries, kept, put };
}
