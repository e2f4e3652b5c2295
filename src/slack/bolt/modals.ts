import type { At } from "../at.ts";
import { explain } from "../explain.ts";
import { section } from "../blocks.ts";
import { message, modalView, type Message, type Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { loading, messageModal } from "../views/notice.ts";
import type { Conversation } from "./conversation.ts";
import type { Wiring } from "./wiring.ts";

/** The handle on an open view; its hash changes whenever the view does. */
export type OpenView = { id: string; hash: string | undefined };

export type Modals = {
  /**
   * Opens a modal at once, before anything is looked up, since a trigger lives for three seconds; then
   * fills it. Whatever goes wrong is said in it.
   */
  open(how: "open" | "push", trigger: string, title: string, fill: Fill): Promise<void>;
  fill(view: OpenView, title: string, fill: Fill): Promise<void>;
  /** Shows a message where a modal is open. */
  show(view: OpenView, message: Message): Promise<void>;
};
type Fill = (at: At) => Promise<Modal>;

export function modalsIn({ client, log }: Wiring, conversation: Conversation): Modals {
  const { channel } = conversation;

  const update = async ({ id, hash }: OpenView, modal: Modal): Promise<void> => {
    const view = modalView(placed(modal, channel));
    try {
      await client.views.update({ view_id: id, ...(hash === undefined ? {} : { hash }), view });
    } catch (error) {
      // The person closed it, or handed it in meanwhile: there is nothing left to fill.
      log.warn("a modal could not be updated", { error: String(error) });
    }
  };

  const fill = async (view: OpenView, title: string, make: Fill): Promise<void> => {
    const modal = await conversation
      .at()
      .then(make)
      .catch((error: unknown) => messageModal(title, explain(error, log)));
    await update(view, modal);
  };

  return {
    fill,
    show: (view, message) => update(view, messageModal("Tieline", message)),

    async open(how, trigger, title, make) {
      const argument = { trigger_id: trigger, view: modalView(placed(loading(title), channel)) };
      const { view } = await (
        how === "open" ? client.views.open(argument) : client.views.push(argument)
      ).catch(async (error: unknown) => {
        // A trigger lives for three seconds, and we were slower, or Slack's own stack is full.
        log.warn("a modal could not be opened", { error: String(error) });
        await conversation.whisper(tooLate);
        return { view: undefined };
      });
      if (view?.id !== undefined) await fill({ id: view.id, hash: view.hash }, title, make);
    },
  };
}

const tooLate = message([
  section(
    mrkdwn`Slack did not let me open that in time. Nothing was changed; please try once more.`,
  ),
]);

/** A form that is handed in says nothing about where it was opened, so it carries that itself. */
export const placed = (modal: Modal, channel: string | null): Modal =>
  channel === null ? modal : { ...modal, meta: { ...modal.meta, channel } };
