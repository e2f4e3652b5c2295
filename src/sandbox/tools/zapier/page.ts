import { json, Refusal } from "../http.ts";
import type { Field, Records } from "../records-page.ts";
import type { Account, Run } from "./account.ts";
import { catchPath, standardPath, type State, type Zap } from "./zaps.ts";

const TOOL = "Zapier";
const minute = (at: string) => at.slice(0, 16).replace("T", " ");
const said = ({ answer }: Refusal): string => JSON.parse(answer.body.toString()) as string;
const refused = (sentence: string) => new Refusal(json(400, sentence));

/** What happened can be read, and no more. */
const past = {
  tool: TOOL,
  reason: said,
  save() {
    throw refused("what happened stays as it is.");
  },
};
const asFields = (values: Record<string, string>): Field[] =>
  Object.entries(values).map(([name, value]) => ({ name, label: name, value }));

/** How a person sees the Zaps, what arrived for them, and what they did. */
export function zapRecords({ zaps, arrivals, runs, turn }: Account): Records[] {
  return [
    {
      tool: TOOL,
      object: "zaps",
      noun: "Zaps",
      columns: ["Name", "State", "Address"],
      rows: () =>
        [...zaps.values()].map((zap) => ({
          id: zap.id,
          faded: false,
          cells: [zap.name, stateOf(zap.state), addressOf(zap)],
        })),
      fields(id) {
        const zap = zaps.get(id);
        if (zap === undefined) return undefined;
        const value = zap.state.kind === "on" ? "yes" : "no";
        return [{ name: "on", label: "Switched on, yes or no", value }];
      },
      save(id, { on = "" }) {
        if (on !== "yes" && on !== "no") throw refused("it is yes or no.");
        void turn(id, on === "yes");
      },
      reason: said,
    },
    {
      ...past,
      object: "arrivals",
      noun: "arrivals",
      columns: ["At", "For", "What"],
      rows: () =>
        arrivals
          .all()
          .toReversed()
          .map(({ id, at, zap, fields }) => ({
            id,
            faded: zap === null,
            cells: [minute(at), zaps.get(zap ?? "")?.name ?? "nobody", JSON.stringify(fields)],
          })),
      fields(id) {
        const arrival = arrivals.all().find((one) => one.id === id);
        return arrival && asFields({ at: arrival.at, path: arrival.path, ...arrival.fields });
      },
    },
    {
      ...past,
      object: "runs",
      noun: "runs",
      columns: ["At", "Zap", "What came of it"],
      rows: () =>
        [...runs.values()].toReversed().map((run) => ({
          id: run.id,
          faded: run.failed !== null,
          cells: [minute(run.at), zaps.get(run.zap)?.name ?? "", resultOf(run)],
        })),
      fields(id) {
        const run = runs.get(id);
        return run && asFields({ at: run.at, result: resultOf(run), answer: run.posted?.answer ?? "" }); // prettier-ignore
      },
    },
  ];
}

function stateOf(state: State): string {
  switch (state.kind) {
    case "off":
      return state.because === null ? "off" : `off: ${state.because}`;
    case "turning_on":
      return "turning on";
    case "on":
      return "on";
    default:
      return state satisfies never;
  }
}

function addressOf({ trigger, hook, state }: Zap): string {
  switch (trigger) {
    case "catch_hook":
      return catchPath(hook);
    case "rest_hook":
      return state.kind === "on" ? standardPath(hook) : "has one while it is on";
    case "by_hand":
      return "none";
    default:
      return trigger satisfies never;
  }
}

function resultOf({ failed, posted }: Run): string {
  const answer = posted === null ? "" : `, told with ${String(posted.status)}`;
  return `${failed ?? "done"}${answer}`;
}
