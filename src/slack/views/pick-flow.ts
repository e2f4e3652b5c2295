import type { FlowStatus } from "#operations/contract.ts";
import type { InputBlock } from "@slack/types";
import { actions, button, input, option, plain, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { notice } from "./notice.ts";

/** A form that asks which flow, and whatever else the verb takes. */
export function pickFlow(
  form: { id: string; title: string; submit: string; meta?: Modal["meta"] },
  flows: readonly FlowStatus[],
  further: readonly InputBlock[] = [],
): Modal {
  if (flows.length === 0)
    return notice(form.title, [
      section(
        mrkdwn`There are no flows yet. A flow needs two connections; add those first, then type \`/sync new\`.`,
      ),
      actions(button("Connections", "command.run", "/connector list")),
    ]);
  const options = flows.slice(0, 100).map(({ flow }) => option(flow.name, flow.name));
  return {
    form: form.id,
    title: form.title,
    submit: form.submit,
    close: "Cancel",
    meta: form.meta ?? {},
    blocks: [
      input("flow", "Flow", {
        type: "static_select",
        action_id: "value",
        options,
        placeholder: plain("Choose a flow", 150),
        ...(options.length === 1 && options[0] ? { initial_option: options[0] } : {}),
      }),
      ...further,
    ],
  };
}
