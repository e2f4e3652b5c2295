import type { Engine } from "#domain/ports/engine.ts";
import { makePerform } from "./perform.ts";
import type { Ports } from "./ports.ts";
import { makePreview } from "./preview.ts";
import { makeSample } from "./sample.ts";

/** The engine: it brings runs to their end and foresees what one would do. */
export const makeEngine = (ports: Ports): Engine => ({
  perform: makePerform(ports),
  preview: makePreview(ports),
  sample: makeSample(ports),
});
