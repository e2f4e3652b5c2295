import type { AckFn, App, ViewOutput, ViewResponseAction, ViewSubmitAction } from "@slack/bolt";
import type { Form, Outcome, Sent } from "../actions/action.ts";
import { explain } from "../explain.ts";
import { modalView, type Message, type Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { complaint, messageModal, working } from "../views/notice.ts";
import { conversationAt, type Conversation } from "./conversation.ts";
import { modalsIn, placed } from "./modals.ts";
import { metaOf, valuesOf, withTyped } from "./read-view.ts";
import type { Wiring } from "./wiring.ts";

/** Slack gives us three seconds to say what is wrong at an input; some of them are for the way. */
const patienceMs = 2000;

/** Listens for forms that are handed in. */
export function listenForForms(app: App, wiring: Wiring, forms: ReadonlyMap<string, Form>): void {
  app.view<ViewSubmitAction>(
    { callback_id: /.*/, type: "view_submission" },
    async ({ ack, body, view, context }) => {
      const form = forms.get(view.callback_id);
      // Not the view's hash: a form that was sent back with errors is handed in again unchanged.
      const key = `${body.trigger_id} ${view.id}`;
      if (!form || !wiring.once(key)) return ack();
      const meta = metaOf(view.private_metadata);
      const channel = typeof meta["channel"] === "string" ? meta["channel"] : null;
      const conversation = conversationAt(wiring, {
        caller: { team: context.teamId, user: context.userId ?? body.user.id },
        channel,
        thread: null,
        respond: null,
      });
      const sent = { meta, values: valuesOf(view.state.values) };
      await handIn(form, sent, view, conversation, wiring, ack);
    },
  );
}

async function handIn(
  form: Form,
  sent: Sent,
  view: ViewOutput,
  conversation: Conversation,
  wiring: Wiring,
  ack: AckFn<ViewResponseAction>,
): Promise<void> {
  const { channel } = conversation;
  const title = view.title.text;
  const asked = conversation
    .at()
    .then((at) => form.submit(sent, at))
    .catch((error: unknown): Outcome => ({
      kind: "modal",
      modal: messageModal(title, explain(error, wiring.log)),
    }));
  const late = new Promise<"late">((resolve) => setTimeout(resolve, patienceMs, "late").unref());
  const first = await Promise.race([asked, late]);
  const show = (modal: Modal) =>
    ack({ response_action: "update", view: modalView(placed(modal, channel)) });
  const modals = modalsIn(wiring, conversation);

  if (first === "late") {
    await show(working(title, mrkdwn`Working on it…`));
    const outcome = await asked;
    const handle = { id: view.id, hash: undefined };
    if (outcome.kind === "meanwhile")
      await modals.fill(handle, title, () => Promise.resolve(outcome.modal));
    return modals.fill(handle, title, () => lastPage(outcome, view, sent));
  }
  switch (first.kind) {
    case "errors":
      return ack({ response_action: "errors", errors: first.errors });
    case "modal":
      return show(first.modal);
    case "meanwhile":
      await show(first.modal);
      return modals.fill({ id: view.id, hash: undefined }, title, () => first.after());
    case "closes":
      return close(first.message, conversation, ack, show);
    default:
      return first satisfies never;
  }
}

async function close(
  message: Message | null,
  { channel, whisper }: Conversation,
  ack: AckFn<ViewResponseAction>,
  show: (modal: Modal) => Promise<void>,
): Promise<void> {
  // In App Home there is no conversation to say it in.
  if (message !== null && channel === null) return show(messageModal("Tieline", message));
  await ack({ response_action: "clear" });
  if (message !== null) await whisper(message);
}

/** What the modal shows in the end where the answer came too late to be given at the inputs. */
async function lastPage(
  outcome: Outcome,
  view: ViewOutput,
  { meta, values }: Sent,
): Promise<Modal> {
  switch (outcome.kind) {
    case "modal":
      return outcome.modal;
    case "meanwhile":
      return outcome.after();
    case "closes":
      return messageModal(
        view.title.text,
        outcome.message ?? { text: "", blocks: [], picture: null },
      );
    case "errors":
      return {
        form: view.callback_id,
        title: view.title.text,
        submit: view.submit?.text ?? null,
        close: view.close?.text ?? "Close",
        meta,
        blocks: [
          complaint(Object.values(outcome.errors).join(" ")),
          ...withTyped(view.blocks.filter(isKnown), values),
        ],
      };
    default:
      return outcome satisfies never;
  }
}

const isKnown = (block: ViewOutput["blocks"][number]): block is Modal["blocks"][number] =>
  "type" in block;
