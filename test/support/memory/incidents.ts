import type { FlowIncident, Incident } from "#domain/incident.ts";
import { incidentId, type FlowName } from "#domain/ids.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Memory, StoredIncident, StoredLetter } from "./memory.ts";

const asIncident = ({ fingerprint: _f, history: _h, ...incident }: StoredIncident): Incident =>
  incident;
const isClosed = ({ state }: Incident): boolean => state.kind === "closed";

/** Incidents in memory, counted from the dead letters. */
export function memoryIncidents(memory: Memory): Incidents {
  const ofFlow = (flow?: FlowName): StoredIncident[] =>
    [...memory.incidents.values()].filter((each) => flow === undefined || each.flow === flow);
  const put = (incident: StoredIncident): StoredIncident => {
    memory.incidents.set(incident.id, incident);
    return incident;
  };
  const note = (incident: StoredIncident, at: Temporal.Instant, by: string, what: string): void => {
    incident.history.push({ at, by, what });
  };
  const opened = (
    flow: FlowName,
    fingerprint: string,
    subject: FlowIncident["subject"],
    at: Temporal.Instant,
  ): StoredIncident => ({
    id: incidentId(memory.nextId("incident")),
    flow,
    fingerprint,
    subject,
    state: { kind: "open" },
    openedAt: at,
    open: 0,
    total: 0,
    written: 0,
    discarded: 0,
    history: [],
  });

  const ofCause = (flow: FlowName, sample: StoredLetter, at: Temporal.Instant): StoredIncident => {
    const { fingerprint, direction, way, problem } = sample;
    const there = ofFlow(flow).find((each) => each.fingerprint === fingerprint);
    const plan = memory.flows.get(flow);
    const isFrom = (direction === "read") === (way === "there");
    const object = (isFrom ? plan?.from : plan?.to)?.object ?? "";
    const subject = { kind: "cause", direction, way, object, problem } as const;
    return there ?? opened(flow, fingerprint, subject, at);
  };

  function counted(before: StoredIncident, letters: readonly StoredLetter[]): StoredIncident {
    const since = letters.filter(
      ({ lastSeen, state }) =>
        Temporal.Instant.compare(lastSeen, before.openedAt) >= 0 ||
        state.kind === "open" ||
        state.kind === "retrying",
    );
    const of = (...kinds: string[]) =>
      since.filter(({ state }) => kinds.includes(state.kind)).length;
    return {
      ...before,
      open: of("open", "retrying"),
      total: since.length,
      written: of("written"),
      discarded: of("discarded"),
    };
  }

  /** Open while there is a dead letter of it, closed when there is none. */
  function inLine(incident: StoredIncident, by: string, at: Temporal.Instant): StoredIncident {
    if (incident.open > 0 && isClosed(incident)) {
      note(incident, at, by, "opened again");
      return { ...incident, state: { kind: "open" }, openedAt: at };
    }
    if (incident.open === 0 && !isClosed(incident)) {
      note(incident, at, by, "closed");
      return { ...incident, state: { kind: "closed", at, by } };
    }
    return incident;
  }

  const close = (incident: StoredIncident, by: string, at: Temporal.Instant): StoredIncident =>
    put({ ...incident, state: { kind: "closed", at, by } });

  return {
    async get(id) {
      const incident = memory.incidents.get(id);
      return incident && asIncident(incident);
    },
    async open(flow) {
      return ofFlow(flow)
        .filter((each) => !isClosed(each))
        .sort((a, b) => Temporal.Instant.compare(a.openedAt, b.openedAt))
        .map(asIncident);
    },
    async settle(flow, by, at) {
      const letters = [...memory.letters.values()].filter((letter) => letter.flow === flow);
      const changed: Incident[] = [];
      for (const [fingerprint, some] of Map.groupBy(letters, (letter) => letter.fingerprint)) {
        const [sample] = some;
        if (sample === undefined) continue;
        const before = ofCause(flow, sample, at);
        const fresh = !memory.incidents.has(before.id);
        const now = put(inLine(counted(before, some), by, at));
        for (const letter of some)
          if (letter.fingerprint === fingerprint)
            memory.letters.set(letter.id, { ...letter, incident: now.id });
        if (fresh ? now.open > 0 : differs(before, now)) changed.push(asIncident(now));
      }
      const known = new Set(letters.map(({ fingerprint }) => fingerprint));
      for (const left of ofFlow(flow))
        if (left.subject.kind === "cause" && !isClosed(left) && !known.has(left.fingerprint))
          changed.push(asIncident(close({ ...left, open: 0 }, by, at)));
      return changed;
    },
    async raise(flow, error, message, at) {
      const there = ofFlow(flow).find(
        (each) =>
          each.subject.kind === "systemic" && each.subject.error === error && !isClosed(each),
      );
      return asIncident(
        there ?? put(opened(flow, `systemic|${error}`, { kind: "systemic", error, message }, at)),
      );
    },
    async clear(flow, by, at) {
      return ofFlow(flow)
        .filter((each) => each.subject.kind === "systemic" && !isClosed(each))
        .map((each) => asIncident(close(each, by, at)));
    },
    async snooze(id, until, by) {
      const incident = memory.incidents.get(id);
      if (incident === undefined || isClosed(incident)) return undefined;
      return asIncident(put({ ...incident, state: { kind: "snoozed", until, by } }));
    },
    async note(id, at, by, what) {
      const incident = memory.incidents.get(id);
      if (incident !== undefined) note(incident, at, by, what);
    },
    async history(id) {
      return memory.incidents.get(id)?.history ?? [];
    },
  };
}

const differs = (a: Incident, b: Incident): boolean =>
  a.state.kind !== b.state.kind ||
  a.open !== b.open ||
  a.total !== b.total ||
  a.written !== b.written ||
  a.discarded !== b.discarded;
