import type { FlowMap } from "./contract.ts";
import { graphOf } from "./graph.ts";

/** Draws the map. Graphviz is large, so it is loaded at the first one. */
export async function mapSvg(map: FlowMap): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const { graph, engine } = graphOf(map);
  return viz.renderString(graph, { format: "svg", engine });
}
