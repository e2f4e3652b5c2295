import type { FlowStatus } from "#operations/contract.ts";
import { endText } from "#domain/flow.ts";
import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { joined, lines, md, person, type Markup } from "../text/markup.ts";
import { when } from "../text/when.ts";
import { runSummary } from "./run-card.ts";

/** The state of a flow in a word, with a sign before it. */
export function flowWord({ flow, current, incidents, openLetters, last }: FlowStatus): Markup {
  const { state } = flow;
  if (state.kind === "paused")
    return state.held
      ? md`
◔ _Held_
        `
      : md`
■ _Paused_
        `;
  if (incidents.some(({ subject }) => subject.kind === "systemic"))
    return md`
● _Stopped_
    `;
  if (current?.state.kind === "waiting")
    return md`
◔ _Waiting_
    `;
  if (current)
    return current.state.kind === "queued"
      ? md`
○ _Queued_
        `
      : md`
▶ _Running_
        `;
  if (openLetters > 0)
    return md`
● _Needs a hand_
    `;
  return last === null
    ? md`
○ _Never ran_
      `
    : md`
✓ _In step_
      `;
}

/** One flow in two lines, as it stands in lists. */
export function flowLine(status: FlowStatus, now: Temporal.Instant): Markup {
  const { flow, titles, openLetters, last, next } = status;
  const facts = [
    md`${titles.from} to ${titles.to}`,
    ...(openLetters > 0 ? [md`${many(openLetters, "record")} open`] : []),
    ...(last?.endedAt ? [md`last ${when(last.endedAt, now)}`] : []),
    ...(next ? [md`next ${when(next, now)}`] : []),
  ];
  return md`${flowWord(status)}  *${flow.name}*\n${joined(facts, " · ")}`;
}

/** Everything about one flow. */
export function flowStatus(status: FlowStatus, now: Temporal.Instant): Message {
  const { flow, current, last } = status;
  return message([
    section(
      lines(
        md`${flowWord(status)}  *${flow.name}*`,
        flow.about === "" ? undefined : md`${flow.about}`,
        md`${endText(flow.from)} to ${endText(flow.to)}, matched by ${flow.match.join(", ") || "nothing"}`,
        reason(status, now),
      ),
    ),
    section(
      lines(
        current ? md`Now: ${runSummary(current, now)}` : undefined,
        last
          ? md`Last: ${runSummary(last, now)}`
          : md`
It has not run yet.
            `,
        md`${many(status.openLetters, "record")} open.${
          status.next
            ? md` Next run at ${when(status.next, now)}.`
            : md`
It runs when it is asked to.
              `
        }`,
      ),
    ),
    buttons(status),
    context(
      md`${flow.owner === null ? "No owner" : md`Owner: ${person(flow.owner)}`} · deletes: ${flow.deletes}`,
    ),
  ]);
}

function reason({ flow: { state } }: FlowStatus, now: Temporal.Instant): Markup | undefined {
  if (state.kind === "on") return undefined;
  const why = state.reason === "" ? md`` : md`: ${state.reason}`;
  return md`Paused by ${person(state.by)}, ${when(state.at, now)}${why}`;
}

function buttons({ flow, current, openLetters }: FlowStatus) {
  const toggle =
    flow.state.kind === "paused"
      ? button("Resume", "flow.resume", flow.name, { style: "primary" })
      : button("Pause", "flow.pause", flow.name);
  return actions(
    current
      ? button("Cancel run", "flow.cancel", flow.name)
      : button("Run now", "flow.run", flow.name),
    openLetters > 0 ? button("What is open", "command.run", `/dlq list ${flow.name}`) : undefined,
    toggle,
  );
}
