import { causeOf, type Failure } from "#domain/failure.ts";
import { type ConnectionName, incidentId } from "#domain/ids.ts";
import type { OutsideIncident } from "#domain/incident.ts";
import type { Failures } from "#domain/ports/failures.ts";
import type { Memory, StoredIncident } from "./memory.ts";

type Row = { connection: ConnectionName; failure: Failure; at: Temporal.Instant; over: boolean };
type Stored = Extract<StoredIncident, { flow: null }>;

/** Failures of automations in memory, and the incidents they make. */
export function memoryFailures(memory: Memory): Failures {
  const rows: Row[] = [];
  const ofCause = (connection: ConnectionName, cause: string) =>
    rows.filter((row) => row.connection === connection && causeOf(row.failure) === cause);
  const stored = (connection: ConnectionName): Stored[] =>
    [...memory.incidents.values()].filter(
      (one): one is Stored => one.flow === null && one.connection === connection,
    );
  const asIncident = ({ fingerprint: _f, history: _h, ...incident }: Stored): OutsideIncident =>
    incident;
  const put = (one: Stored): OutsideIncident => {
    memory.incidents.set(one.id, one);
    return asIncident(one);
  };

  const opened = (connection: ConnectionName, cause: string, failure: Failure, at: Temporal.Instant): Stored => ({
    id: incidentId(memory.nextId("incident")),
    flow: null,
    connection,
    fingerprint: cause,
    subject: { kind: "outside", failure },
    state: { kind: "open" },
    openedAt: at,
    open: 0,
    total: 0,
    written: 0,
    discarded: 0,
    history: [],
  }); // prettier-ignore

  function settled(connection: ConnectionName, cause: string, at: Temporal.Instant) {
    const all = ofCause(connection, cause);
    const open = all.filter(({ over }) => !over).length;
    const known = stored(connection).find(({ fingerprint }) => fingerprint === cause);
    const newest = all.findLast(({ over }) => !over)?.failure;
    if (newest === undefined) return known;
    if (known === undefined) return opened(connection, cause, newest, at);
    return known.state.kind === "closed" && open > 0
      ? { ...opened(connection, cause, newest, at), id: known.id }
      : known;
  }

  return {
    async report(connection, failures, { at, others }) {
      for (const failure of failures)
        if (
          !rows.some((row) => row.connection === connection && row.failure.event === failure.event)
        )
          rows.push({ connection, failure, at, over: false });
      const told = new Set(failures.map(({ event }) => event));
      if (others === "are_over")
        for (const row of rows)
          if (row.connection === connection && !told.has(row.failure.event)) row.over = true;
      const causes = new Set(rows.filter((row) => row.connection === connection).map(({ failure }) => causeOf(failure))); // prettier-ignore
      return [...causes].flatMap((cause) => {
        const before = settled(connection, cause, at);
        if (before === undefined || before.state.kind === "closed") return [];
        const all = ofCause(connection, cause);
        const open = all.filter(({ over }) => !over).length;
        const since = all.filter(
          (row) => !row.over || Temporal.Instant.compare(row.at, before.openedAt) >= 0,
        );
        const total = Math.max(before.total, since.length);
        const state =
          open === 0 ? { kind: "closed" as const, at, by: "Tieline" } : woken(before, at);
        const same = state.kind === before.state.kind && open === before.open && total === before.total; // prettier-ignore
        return same ? [] : [put({ ...before, state, open, total })];
      });
    },
    async fixed(id, by, at) {
      const found = memory.incidents.get(id);
      if (found?.flow !== null || found.state.kind === "closed") return undefined;
      for (const row of ofCause(found.connection, found.fingerprint)) row.over = true;
      return put({ ...found, open: 0, state: { kind: "closed", at, by } });
    },
  };
}

const woken = ({ state }: Stored, at: Temporal.Instant): Stored["state"] =>
  state.kind === "snoozed" && Temporal.Instant.compare(state.until, at) <= 0
    ? { kind: "open" }
    : state;
