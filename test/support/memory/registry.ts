import type { Registry } from "#domain/ports/registry.ts";
import type { Memory } from "./memory.ts";

/** Flows and connections in memory. */
export const memoryRegistry = (memory: Memory): Registry => ({
  async connections() {
    return [...memory.connections.values()];
  },
  async connection(name) {
    return memory.connections.get(name);
  },
  async flows() {
    return [...memory.flows.values()];
  },
  async flow(name) {
    return memory.flows.get(name);
  },
  async save({ connections, flows }) {
    for (const connection of connections) memory.connections.set(connection.name, connection);
    for (const plan of flows)
      memory.flows.set(plan.name, {
        ...plan,
        state: memory.flows.get(plan.name)?.state ?? { kind: "on" },
      });
  },
  async removeConnection(name) {
    const used = [...memory.flows.values()].some(
      ({ from, to }) => from.connection === name || to.connection === name,
    );
    return !used && memory.connections.delete(name);
  },
  async turnFlow(name, state) {
    const flow = memory.flows.get(name);
    if (flow === undefined || flow.state.kind === state.kind) return false;
    memory.flows.set(name, { ...flow, state });
    return true;
  },
});
