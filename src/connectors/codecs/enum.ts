import { decimalText } from "#domain/decimal.ts";
import type { Json } from "#domain/json.ts";
import { type Codec, refuse, type SettingOf, shown } from "./codec.ts";
import { textOf } from "../json/path.ts";

type Pair = readonly [tool: string, ours: string];

/** Stands for every word of the tool's that is not named. */
const anyOther = "*";

/** Stands for no word of ours: the tool says nothing by it. */
const nothing = "-";

/** The pairs of `enum(tool: canonical, …)`, in order; null where they cannot be read. */
function pairsOf(args: string | null): Pair[] | null {
  const pairs = (args ?? "").split(",").map((pair) => pair.split(":").map((word) => word.trim()));
  const sound = pairs.every(([tool, ours, more]) => tool && ours && more === undefined);
  return sound ? (pairs as unknown as Pair[]) : null;
}

function wrongPairs(
  pairs: readonly Pair[],
  allowed: readonly string[] | null,
  way: "reads" | "both",
): string | null {
  const strange = pairs.find(([, ours]) => ours !== nothing && allowed?.includes(ours) === false);
  if (strange !== undefined) return `has ${strange[1]}; this field takes ${(allowed ?? []).join(", ")}`; // prettier-ignore
  if (way === "reads") return null;
  const named = new Set(
    pairs.flatMap(([tool, ours]) => (tool === anyOther || tool === "" ? [] : [ours])),
  );
  const wordless = pairs.find(([, ours]) => ours !== nothing && !named.has(ours));
  return wordless === undefined
    ? null
    : `has no word of the tool's for ${wordless[1]}: ${anyOther} alone cannot be written`;
}

/** A word in braces is what the connection's setting of that name says. */
const wordOf = (word: string, settingOf: SettingOf): string => {
  const setting = /^\{(.+)\}$/.exec(word)?.[1];
  return setting === undefined ? word : settingOf(setting);
};

const spoken = (pairs: readonly Pair[]): readonly Pair[] =>
  pairs.filter(([, ours]) => ours !== nothing);

/**
 * A choice under other names. Several of the tool's words may mean one of ours; the first of them is
 * the one written.
 */
const choiceOf = (
  about: string,
  written: (word: string) => Json,
  spelled: (word: string) => string,
): Codec => ({
  about,
  fits: ["choice", "boolean", "text"],
  check(args, kind, way) {
    const pairs = pairsOf(args);
    if (pairs === null)
      return "needs pairs, such as enum(SUBSCRIBED: subscribed, NONE: never_asked)";
    const truths = ["true", "false"];
    return wrongPairs(pairs, kind.kind === "choice" ? kind.of : kind.kind === "boolean" ? truths : null, way); // prettier-ignore
  },
  coarse(args) {
    const ours = spoken(pairsOf(args) ?? []).map(([, canonical]) => canonical);
    return new Set(ours).size < ours.length;
  },
  make(args, settingOf = (name) => name) {
    const pairs = (pairsOf(args) ?? []).map(([tool, ours]): Pair => [
      wordOf(tool, settingOf),
      ours,
    ]);
    const ours = new Map(
      pairs.map(([tool, canonical]) => [spelled(tool), canonical === nothing ? null : canonical]),
    );
    const named = spoken(pairs).filter(([tool]) => tool !== anyOther);
    const theirs = new Map(named.map(([tool, canonical]) => [canonical, tool] as const).reverse());
    const allowed = named.map(([tool]) => tool).join(", ");
    /** Just as they are written here, which is how nearly all of them come. */
    const exactly = new Map<Json, string | null>(
      pairs.flatMap(([tool]) => (tool === anyOther || tool === "" ? [] : [[tool, ours.get(spelled(tool)) ?? null]])), // prettier-ignore
    );
    return {
      decode(native) {
        const exact = exactly.get(native);
        if (exact !== undefined) return exact;
        const word = textOf(native)?.trim();
        if (native === null || word === "") return null;
        const known = ours.get(spelled(word ?? ""));
        const canonical = known === undefined ? ours.get(anyOther) : known;
        return canonical === undefined
          ? refuse("BAD_CHOICE", `${shown(word ?? "A list or an object")} is none of ${allowed}`)
          : canonical;
      },
      encode(value) {
        const word = theirs.get(String(value));
        if (word !== undefined) return written(word);
        const known = [...new Set(named.map(([, canonical]) => canonical))].join(", ");
        return refuse("BAD_CHOICE", `${shown(String(value))} is none of ${known}`);
      },
    };
  },
});

export const choice = choiceOf(
  "A choice: enum(tool's word: ours, tool's other word: ours, *: ours for any other); a - for ours is none, and {name} for the tool's word what that setting says.",
  (word) => word,
  (word) => word.toLowerCase(),
);

export const numberChoice = choiceOf(
  "A choice by numbers: enum_number(0: ours, 1: ours).",
  (word) => (/^-?\d{1,15}$/.test(word) ? Number(word) : word),
  // Some write 0.00 for 0.
  (word) => decimalText(word) ?? word,
);

/** True and false under two of our words: `flag(done, open)`. */
export const flag: Codec = {
  about: "Two words for true and false: flag(done, open).",
  fits: ["choice"],
  check(args, kind) {
    const words = wordsOf(args);
    if (words === null) return "needs two words, such as flag(done, open)";
    return wrongPairs(
      words.map((word) => [word, word]),
      kind.kind === "choice" ? kind.of : null,
      "both",
    );
  },
  make(args) {
    const [yes = "", no = ""] = wordsOf(args) ?? [];
    return {
      decode(native) {
        if (native === null || native === "") return null;
        const word = textOf(native) ?? "";
        if (/^(true|1)$/i.test(word)) return yes;
        return /^(false|0)$/i.test(word) ? no : refuse("BAD_CHOICE", `${shown(word)} is not true or false`); // prettier-ignore
      },
      encode: (value) =>
        value === yes || value === no
          ? value === yes
          : refuse("BAD_CHOICE", `${shown(String(value))} is none of ${yes}, ${no}`),
    };
  },
};

function wordsOf(args: string | null): readonly [string, string] | null {
  const [yes, no, more] = (args ?? "").split(",").map((word) => word.trim());
  return yes && no && more === undefined ? [yes, no] : null;
}
