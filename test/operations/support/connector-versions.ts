import type { ConnectorVersion, ConnectorVersions } from "#domain/ports/connector-versions.ts";
import type { Memory } from "../../support/memory/memory.ts";

/** What is registered, in memory. */
export function memoryConnectorVersions(memory: Pick<Memory, "connections">): ConnectorVersions {
  const versions: ConnectorVersion[] = [];
  const current = new Map<string, number>();
  let changes = 0;
  const turn = (connector: string, from: number, to: number): boolean => {
    if ((current.get(connector) ?? 0) !== from) return false;
    current.set(connector, to);
    changes += 1;
    return true;
  };
  const of = (connector: string) =>
    versions.filter((one) => one.connector === connector).toReversed();
  return {
    of: (connector) =>
      Promise.resolve({ current: current.get(connector) ?? 0, versions: of(connector) }),
    inUse: () =>
      Promise.resolve(versions.filter((one) => current.get(one.connector) === one.version)),
    stamp: () => Promise.resolve(String(changes)),
    async add(version, base) {
      const number = of(version.connector).length + 1;
      if (!turn(version.connector, base, number)) return undefined;
      versions.push({ ...version, version: number });
      return number;
    },
    async turn(connector, from, to) {
      const there = to === 0 || of(connector).some(({ version }) => version === to);
      return there && current.has(connector) && turn(connector, from, to);
    },
    async remove(connector) {
      const used = [...memory.connections.values()].some((one) => one.connector === connector);
      return (
        !used &&
        (current.get(connector) ?? 0) !== 0 &&
        turn(connector, current.get(connector) ?? 0, 0)
      );
    },
  };
}
