import type { FlowPlan, FlowState } from "#domain/flow.ts";
import type { FlowName } from "#domain/ids.ts";
import type { FlowChange, Registry } from "#domain/ports/registry.ts";
import { isOver } from "#domain/run.ts";
import { endConflicts } from "./conflicts.ts";
import type { Memory } from "./memory.ts";

/** Flows and connections in memory. */
export function memoryRegistry(memory: Memory): Registry {
  const versionsOf = (name: FlowName) =>
    memory.flowVersions.filter((one) => one.flow === name).toReversed();
  const keep = (plan: FlowPlan, state: FlowState, change: FlowChange | undefined): number => {
    const version = (versionsOf(plan.name)[0]?.version ?? 0) + 1;
    memory.flows.set(plan.name, { ...plan, state, version });
    memory.flowVersions.push({
      flow: plan.name,
      version,
      plan,
      by: change?.by ?? "Tieline",
      at: change?.at ?? memory.clock.now(),
      what: change?.what[plan.name] ?? "",
    });
    endConflicts(memory, plan.name, change ?? { by: "Tieline", at: memory.clock.now() });
    return version;
  };

  return {
    async connections() {
      return [...memory.connections.values()];
    },
    async connection(name) {
      return memory.connections.get(name);
    },
    async flows() {
      return [...memory.flows.values()];
    },
    async flow(name, version) {
      const flow = memory.flows.get(name);
      if (flow === undefined || version === undefined || version === flow.version) return flow;
      const earlier = versionsOf(name).find((one) => one.version === version);
      return earlier && { ...flow, ...earlier.plan, version };
    },
    async save({ connections, flows }, change) {
      for (const connection of connections) memory.connections.set(connection.name, connection);
      for (const plan of flows)
        keep(plan, memory.flows.get(plan.name)?.state ?? { kind: "on" }, change);
    },
    async versions(name) {
      return versionsOf(name);
    },
    async addFlow(plan, change) {
      if (memory.flows.has(plan.name)) return false;
      keep(plan, { kind: "off", by: change.by, at: change.at }, change);
      return true;
    },
    async changeFlow(plan, base, change) {
      const flow = memory.flows.get(plan.name);
      return flow?.version === base ? keep(plan, flow.state, change) : undefined;
    },
    async startFlow(name, version) {
      const flow = memory.flows.get(name);
      if (flow?.state.kind !== "off" || flow.version !== version) return false;
      memory.flows.set(name, { ...flow, state: { kind: "on" } });
      return true;
    },
    async removeFlow(name) {
      const busy = [...memory.runs.values()].some((run) => run.flow === name && !isOver(run.state));
      if (busy || !memory.flows.delete(name)) return false;
      memory.links.delete(name);
      memory.checkpoints.delete(name);
      for (const [id, conflict] of memory.conflicts)
        if (conflict.flow === name) memory.conflicts.delete(id);
      for (const [id, letter] of memory.letters)
        if (letter.flow === name) memory.letters.delete(id);
      return true;
    },
    async removeConnection(name) {
      const used = [...memory.flows.values()].some(
        ({ from, to }) => from.connection === name || to.connection === name,
      );
      return !used && memory.connections.delete(name);
    },
    async turnFlow(name, state) {
      const flow = memory.flows.get(name);
      if (flow === undefined || flow.state.kind === "off") return false;
      const lets = flow.state.kind === "paused" && flow.state.held && state.kind === "paused";
      if (flow.state.kind === state.kind && !(lets && !state.held)) return false;
      memory.flows.set(name, { ...flow, state });
      return true;
    },
  };
}
