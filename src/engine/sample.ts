import type { Flow } from "#domain/flow.ts";
import type { Engine, Sampled } from "#domain/ports/engine.ts";
import { asRead } from "#domain/record.ts";
import type { Ports } from "./ports.ts";
import { makeRules, type Mapped } from "./rules.ts";

/** Reads a page or two and compares nothing: what the flow makes of its first records. */
export const makeSample =
  (ports: Pick<Ports, "openFlow" | "hash" | "clock">): Engine["sample"] =>
  async (flow: Flow, count, signal) => {
    const ends = await ports.openFlow(flow);
    const rules = makeRules(flow, ends, ports);
    const found: Sampled[] = [];
    for await (const { records } of ends.source.pages(null, { gone: false, signal })) {
      for (const each of records) {
        const record = asRead(each);
        if (record.content.kind === "gone") continue;
        const { fields } = record.content;
        found.push({ key: record.id, source: fields, target: targetOf(rules(record)) });
        if (found.length >= count) return found;
      }
    }
    return found;
  };

const targetOf = (mapped: Mapped): Sampled["target"] =>
  mapped.kind === "live" ? mapped.content.fields : null;
