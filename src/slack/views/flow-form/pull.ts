import { entityOf } from "#domain/entities/index.ts";
import type { FlowChoices, FlowEnd } from "#operations/contract.ts";
import type { InputBlock } from "@slack/types";
import { input, option } from "../../blocks.ts";
import type { RulesAbout } from "./about.ts";

/** References of the target's records to kinds that a flow brings between the same two connections. */
export function pullableOf(
  brings: FlowChoices["brings"],
  origin: FlowEnd,
  to: FlowEnd,
): readonly string[] {
  const { fields } = entityOf(to.object.entity);
  return to.object.fields.filter((name) => {
    const type = fields[name]?.type;
    return (
      type?.kind === "reference" &&
      brings.some((one) => one.from === origin.connection && one.to === to.connection && one.entity === type.to) // prettier-ignore
    );
  });
}

/** What becomes of a reference that is not there yet; only where it can be brought along. */
export function pullInput({ to, flow, pullable }: RulesAbout): InputBlock[] {
  if (pullable.length === 0) return [];
  const { fields } = entityOf(to.object.entity);
  const label = (names: readonly string[]): string =>
    names
      .map((name) => {
        const type = fields[name]?.type;
        return type?.kind === "reference" ? entityOf(type.to).one : name;
      })
      .join(", ");
  const now = flow?.pull.join(",") ?? "";
  const options = [...new Set(["none", pullable.join(","), ...(now === "" ? [] : [now])])].map(
    (names) =>
      names === "none"
        ? option("Is waited for", names)
        : option(`Is brought along first: ${label(names.split(","))}`, names),
  );
  const initial = options.find(({ value }) => value === (now === "" ? "none" : now));
  return [
    input("pull", `What it refers to and is not in ${to.title} yet`, {
      type: "static_select",
      action_id: "value",
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    }),
  ];
}
