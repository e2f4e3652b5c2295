import { checkedView } from "./api/views.ts";
import { handFiles, withFiles } from "./chosen-files.ts";
import { asFields, type Fields } from "./fields.ts";
import { checkInputs } from "./input-checks.ts";
import { failureOf, interaction } from "./payloads.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Slack } from "./slack.ts";
import { completeState, type StateValues } from "./state-values.ts";
import type { ShownView, View } from "./views.ts";
import type { User } from "./residents.ts";

export type Submitted =
  { ok: true } | { ok: false; errors?: Record<string, string>; error?: string };

const trouble = "We had some trouble connecting. Try again?";

/** Sends a `view_submission` and does with the modal what the app answers. */
export async function submit(
  user: User,
  viewId: string,
  given: Fields,
  slack: Slack,
): Promise<Submitted> {
  const { views, triggers, carrier } = slack;
  const shown = viewOf(user, viewId, slack);
  const values = withFiles(completeState(shown.view.blocks, given), user, slack);
  const view = views.remember(shown, values);
  const errors = checkInputs(view.blocks, values);
  if (Object.keys(errors).length > 0) {
    views.note(viewId, { errors });
    return { ok: false, errors };
  }
  handFiles(values, slack);
  views.note(viewId, { busy: true });
  const receipt = await carrier.send("interactive", {
    ...interaction(slack, "view_submission", user),
    trigger_id: triggers.make(user.id, viewId),
    view,
    response_urls: responseUrlsOf(user, view, values, slack),
  });
  if (receipt.kind !== "acknowledged") {
    views.note(viewId, { error: trouble });
    slack.statistics.refused("view_submission", failureOf(receipt) ?? "", view.callback_id);
    return { ok: false, error: trouble };
  }
  views.note(viewId, {});
  // The app may have updated or closed it meanwhile: what is there now is answered.
  const now = views.find(viewId);
  if (!now) return { ok: true };
  try {
    return carryOut(now, receipt.answer, slack);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    slack.statistics.refused("view_submission", error.code, error.beside);
    views.note(viewId, { error: trouble });
    return { ok: false, error: trouble };
  }
}

/** Closes a modal (and what lies on it), and tells the app where it asked to be told. */
export function closeView(user: User, viewId: string, all: boolean, slack: Slack): void {
  const { view } = viewOf(user, viewId, slack);
  const everything = all || view.clear_on_close;
  const from = everything ? slack.views.stackOf(user.id)[0]?.view.id : view.id;
  const closed = slack.views.close(user.id, from ?? view.id);
  for (const gone of closed) if (gone.notify_on_close) tellClosed(user, gone, everything, slack);
}

function carryOut(shown: ShownView, answer: Fields, slack: Slack): Submitted {
  const { views } = slack;
  const { user, view } = shown;
  switch (answer["response_action"]) {
    case undefined:
      views.close(user, view.id);
      return { ok: true };
    case "clear": {
      const [root] = views.stackOf(user);
      if (root) views.close(user, root.view.id);
      return { ok: true };
    }
    case "update":
      views.update(shown, checkedView(answer["view"], slack, "modal"));
      return { ok: true };
    case "push":
      views.push(user, checkedView(answer["view"], slack, "modal"));
      return { ok: true };
    case "errors":
      return showErrors(view, asFields(answer["errors"]), slack);
    default:
      throw new SlackRefusal("invalid_response_action", { answer });
  }
}

function showErrors(view: View, given: Fields, { views }: Slack): Submitted {
  const inputs = new Set(
    view.blocks.filter(({ type }) => type === "input").map((block) => block["block_id"]),
  );
  const entries = Object.entries(given);
  const known = entries.length > 0 && entries.every(([id]) => inputs.has(id));
  // Slack takes errors only for input blocks of this view.
  if (!known) throw new SlackRefusal("invalid_errors", { errors: given });
  const errors = Object.fromEntries(entries.map(([id, message]) => [id, String(message)]));
  views.note(view.id, { errors });
  return { ok: false, errors };
}

function responseUrlsOf(user: User, view: View, values: StateValues, slack: Slack) {
  return view.blocks.flatMap((block) => {
    const element = asFields(block["element"]);
    if (element["response_url_enabled"] !== true) return [];
    const [block_id, action_id] = [String(block["block_id"]), String(element["action_id"])];
    const state = asFields(values[block_id]?.[action_id]);
    const channel_id = state["selected_conversation"] ?? state["selected_channel"];
    if (typeof channel_id !== "string") return [];
    const place = { user: user.id, channel: channel_id, message: null, thread: null };
    return [{ block_id, action_id, channel_id, response_url: slack.responseUrls.make(place) }];
  });
}

function tellClosed(user: User, view: View, cleared: boolean, slack: Slack) {
  void slack.carrier.send("interactive", {
    ...interaction(slack, "view_closed", user),
    view,
    is_cleared: cleared,
  });
}

function viewOf(user: User, viewId: string, { views }: Slack): ShownView {
  const shown = views.stackOf(user.id).find(({ view }) => view.id === viewId);
  if (!shown) throw new SlackRefusal("view_not_found");
  return shown;
}
