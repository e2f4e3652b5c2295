import type { Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { sent } from "./requests.ts";
import { finding, type Rule } from "./rule.ts";

/** What can be chosen is chosen once, for settings that nothing else says. */
export const choosing: Rule = function* ({ settings }) {
  const seen = new Set<string>();
  for (const [name, { choices, ...setting }] of Object.entries(settings)) {
    if (choices === undefined) continue;
    const at = ["settings", name, "choices"];
    if (setting.default !== undefined || setting.kind !== "text")
      yield finding(at, "Nobody would be asked: a setting of kind text without a default is accepted here"); // prettier-ignore
    for (const other of Object.keys(choices.also))
      if (settings[other] === undefined)
        yield finding([...at, "also", other], unknown("The setting", other, Object.keys(settings)));
    for (const one of [name, ...Object.keys(choices.also)]) {
      if (seen.has(one)) yield finding(at, `${one} is chosen by another setting already`);
      seen.add(one);
      if (waitsFor(settings, name).has(one))
        yield finding(at, `Nobody could choose it: what ${one} may be is asked for with {${one}}`);
    }
  }
};

/** The settings that have to be there before this one can be chosen, and those before them. */
function waitsFor(settings: Manifest["settings"], name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (one: string): void => {
    const choices = settings[one]?.choices;
    if (choices === undefined) return;
    for (const other of sent({ path: [], request: choices })) {
      if (found.has(other)) continue;
      found.add(other);
      look(other);
    }
  };
  look(name);
  return found;
}
