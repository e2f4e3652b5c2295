import { type Codec, refuse, shown } from "./codec.ts";
import { textOf } from "../json/path.ts";

/** The pairs of `enum(tool: canonical, …)`, in order; null where they cannot be read. */
function pairsOf(args: string | null): [tool: string, canonical: string][] | null {
  const pairs = (args ?? "").split(",").map((pair) => pair.split(":").map((word) => word.trim()));
  const sound = pairs.every(([tool, ours, more]) => tool && ours && more === undefined);
  return sound ? (pairs as [string, string][]) : null;
}

/**
 * A choice under other names. Several of the tool's words may mean one of ours; the first of them is
 * the one written.
 */
export const choice: Codec = {
  about: "A choice: enum(tool's word: ours, tool's other word: ours).",
  fits: ["choice", "boolean", "text"],
  check(args, kind) {
    const pairs = pairsOf(args);
    if (pairs === null)
      return "needs pairs, such as enum(SUBSCRIBED: subscribed, NONE: never_asked)";
    if (kind.kind !== "choice") return null;
    const wrong = pairs.find(([, ours]) => !kind.of.includes(ours));
    return wrong === undefined ? null : `has ${wrong[1]}; this field takes ${kind.of.join(", ")}`;
  },
  make(args) {
    const pairs = pairsOf(args) ?? [];
    const ours = new Map(pairs.map(([tool, canonical]) => [tool.toLowerCase(), canonical]));
    const theirs = new Map(pairs.map(([tool, canonical]) => [canonical, tool]).reverse() as [string, string][]); // prettier-ignore
    const allowed = pairs.map(([tool]) => tool).join(", ");
    return {
      decode(native) {
        const word = textOf(native)?.trim();
        if (native === null || word === "") return null;
        return (
          ours.get(word?.toLowerCase() ?? "") ??
          refuse("BAD_CHOICE", `${shown(word ?? "A list or an object")} is none of ${allowed}`)
        );
      },
      encode: (value) =>
        theirs.get(String(value)) ??
        refuse(
          "BAD_CHOICE",
          `${shown(String(value))} is none of ${[...new Set(pairs.map(([, canonical]) => canonical))].join(", ")}`,
        ),
    };
  },
};
