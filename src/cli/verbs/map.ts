import { adviceText, patternText } from "#operations/map/advice.ts";
import { flowText } from "#operations/map/words.ts";
import { exit } from "../cli.ts";
import { verb } from "../verb.ts";

export const map = verb({
  kind: "operation",
  name: "map",
  words: "",
  least: 0,
  most: 0,
  about: "Draws all connections and flows: an SVG, for a file.",
  help: "`tieline map > map.svg`. Which pattern it is, and what its size advises, goes to standard error.",
  options: {},

  async run({ json }, { do: perform, print, note, answer }) {
    const { svg, places, flows, pattern } = await perform("flows.map", {});
    if (json) answer({ pattern, connections: places, flows, svg });
    else {
      print(svg);
      for (const flow of flows) note(flowText(flow));
      note(patternText(pattern));
      note(adviceText(pattern));
    }
    return exit.done;
  },
});
