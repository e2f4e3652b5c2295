import type { Json } from "#domain/json.ts";
import type { Choice } from "#domain/ports/choices.ts";
import { getAt, textOf } from "../json/path.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compileOnly } from "../manifest/only.ts";
import { sent } from "../manifest/rules/requests.ts";
import type { ChoicesSpec } from "../manifest/setting-spec.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";

/** A setting that can be chosen, with those that go with it, as functions. */
export type ChoicesPlan = {
  /** The one that is chosen comes first. */
  names: readonly string[];
  /** Other settings that have to be there before it can be asked for. */
  needs: readonly string[];
  prepare: Prepare;
  choices(body: Json | undefined): readonly Choice[];
};

/** Every setting of a manifest that can be chosen. */
export const compileChoices = (manifest: Manifest): readonly ChoicesPlan[] =>
  Object.entries(manifest.settings).flatMap(([name, { choices }]) =>
    choices === undefined ? [] : [compileOne(manifest, name, choices)],
  );

function compileOne(
  manifest: Manifest,
  name: string,
  { records, only, value, label, also, ...request }: ChoicesSpec,
): ChoicesPlan {
  const list = getAt(records);
  const counts = compileOnly(only);
  const [valueAt, labelAt] = [getAt(value), getAt(label)];
  const others = Object.entries(also).map(([other, path]) => [other, getAt(path)] as const);

  const said = sent({ path: [], request });

  const choiceOf = (record: Json): Choice | null => {
    const texts = Object.fromEntries(
      others.map(([other, at]) => [other, textOf(at(record)) ?? ""]),
    );
    const found = textOf(valueAt(record)) ?? "";
    if (!counts(record) || [found, ...Object.values(texts)].includes("")) return null;
    return { value: found, label: textOf(labelAt(record)) || found, also: texts };
  };

  return {
    names: [name, ...Object.keys(also)],
    needs: Object.keys(manifest.settings).filter((other) => said.has(other)),
    prepare: compileRequest(request, manifest),
    choices(body) {
      const found = list(body ?? null);
      const all = (Array.isArray(found) ? found : []).flatMap((record) => choiceOf(record) ?? []);
      // A list of other things may name the same one again and again.
      return [...new Map(all.map((choice) => [choice.value, choice])).values()];
    },
  };
}
