import type { App, BlockAction } from "@slack/bolt";
import type { Action, Click, Deed } from "../actions/action.ts";
import { actionOf } from "../blocks.ts";
import { explain } from "../explain.ts";
import { messageModal } from "../views/notice.ts";
import { message, type Modal, type Reply } from "../message.ts";
import { conversationAt, give, responding, type Conversation } from "./conversation.ts";
import { modalsIn, type Modals, type OpenView } from "./modals.ts";
import { metaOf, valuesOf } from "./read-view.ts";
import type { Wiring } from "./wiring.ts";

/** Listens for clicks, in messages, in modals and in App Home. */
export function listenForClicks(
  app: App,
  wiring: Wiring,
  actions: ReadonlyMap<string, Action>,
): void {
  app.action<BlockAction>(/.*/, async ({ ack, body, context, respond }) => {
    await ack();
    const [clicked] = body.actions;
    const action = clicked && actions.get(actionOf(clicked.action_id));
    if (!clicked || !action || !wiring.once(`${body.trigger_id} ${clicked.action_id}`)) return;

    const { view } = body;
    const click = { value: valueOf(clicked), view: inModal(body) };
    const conversation = conversationAt(wiring, {
      caller: { team: context.teamId, user: context.userId },
      channel: body.channel?.id ?? channelIn(click),
      thread: threadOf(body),
      respond: body.response_url ? responding(respond) : null,
    });
    const where =
      view && click.view
        ? { id: view.id, hash: view.hash, title: view.title.text }
        : (view?.type ?? null);
    await doDeed(action.on(click), body.trigger_id, where, conversation, wiring);
  });
}

function inModal({ view }: BlockAction): Click["view"] {
  if (view?.type !== "modal") return null;
  return { meta: metaOf(view.private_metadata), values: valuesOf(view.state.values) };
}

type Where = (OpenView & { title: string }) | string | null;

async function doDeed(
  deed: Deed,
  trigger: string,
  where: Where,
  conversation: Conversation,
  wiring: Wiring,
): Promise<void> {
  const modals = modalsIn(wiring, conversation);
  const open = where !== null && typeof where === "object" ? where : null;
  switch (deed.kind) {
    case "opens":
      return modals.open(open ? "push" : "open", trigger, deed.title, deed.fill);
    case "turns":
      return open
        ? modals.fill(open, open.title, deed.fill)
        : modals.open("open", trigger, "Tieline", deed.fill);
    case "does":
      // App Home is no conversation: what there is to say is said in a modal.
      if (where === "home")
        return modals.open("open", trigger, "Tieline", async (at) => shown(await deed.run(at)));
      return doAndSay(deed, open, modals, conversation, wiring);
    default:
      return deed satisfies never;
  }
}

async function doAndSay(
  deed: Extract<Deed, { kind: "does" }>,
  open: OpenView | null,
  modals: Modals,
  conversation: Conversation,
  { log }: Wiring,
): Promise<void> {
  if (open) return modals.fill(open, "Tieline", async (at) => shown(await deed.run(at)));
  try {
    await give(await deed.run(await conversation.at()), conversation);
  } catch (error) {
    await conversation.whisper(explain(error, log));
  }
}

function shown(reply: Reply): Modal {
  switch (reply.kind) {
    case "modal":
      return reply.modal;
    case "private":
    case "public":
      return messageModal("Tieline", reply.message);
    case "nothing":
      return messageModal("Tieline", message([]));
    default:
      return reply satisfies never;
  }
}

const channelIn = ({ view }: Click): string | null => {
  const channel = view?.meta["channel"];
  return typeof channel === "string" ? channel : null;
};

function threadOf(body: BlockAction): string | null {
  const thread: unknown = body.message?.["thread_ts"];
  return typeof thread === "string" ? thread : null;
}

function valueOf(clicked: BlockAction["actions"][number]): string {
  if ("value" in clicked && typeof clicked.value === "string") return clicked.value;
  const option: unknown = "selected_option" in clicked ? clicked.selected_option : undefined;
  if (typeof option !== "object" || option === null || !("value" in option)) return "";
  return typeof option.value === "string" ? option.value : "";
}
