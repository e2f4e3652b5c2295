import { endText } from "#domain/flow.ts";
import type { References } from "#domain/ports/references.ts";
import type { Memory } from "./memory.ts";

/** What the links of all flows say of where a record has got to. */
export const memoryReferences = (memory: Memory): References => ({
  async where(from, to, ids) {
    const flows = [...memory.flows.values()];
    const there = flows.filter((flow) => endText(flow.from) === endText(from) && endText(flow.to) === endText(to)); // prettier-ignore
    const back = flows.filter((flow) => endText(flow.from) === endText(to) && endText(flow.to) === endText(from)); // prettier-ignore
    if (there.length + back.length === 0) return null;
    const links = (names: typeof flows) => names.flatMap(({ name }) => [...(memory.links.get(name)?.values() ?? [])]); // prettier-ignore
    const found = new Map<string, string>();
    for (const id of ids) {
      const at =
        links(there).find(({ key }) => key === id)?.id ??
        links(back).find((link) => link.id === id)?.key;
      if (at !== undefined) found.set(id, at);
    }
    return found;
  },
});
