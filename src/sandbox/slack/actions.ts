import { interactiveElements } from "./block-ids.ts";
import { shownMessage } from "./api/chat.ts";
import { withFiles } from "./chosen-files.ts";
import { asFields, asList, type Block, type Fields } from "./fields.ts";
import type { Message } from "./messages.ts";
import { channelNameFor, failureOf, interaction, type Outcome } from "./payloads.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Slack } from "./slack.ts";
import { completeState, valueMember } from "./state-values.ts";
import type { ShownView } from "./views.ts";
import type { User } from "./residents.ts";

/** Where on the page a person clicked. */
export type Container =
  | { kind: "message"; channel: string; ts: string }
  | { kind: "view"; view_id: string }
  | { kind: "home" };

type Place =
  | { kind: "message"; message: Message; blocks: Block[] }
  | { kind: "view"; shown: ShownView; blocks: Block[] };

/** Sends the app a `block_actions` for an element that stands there now. */
export async function act(
  user: User,
  container: Container,
  action: Fields,
  values: Fields,
  slack: Slack,
): Promise<Outcome> {
  const place = placeOf(user, container, slack);
  const { block, element } = elementIn(place, action);
  const state = { values: withFiles(completeState(place.blocks, values), user, slack) };
  const payload: Fields = {
    ...interaction(slack, "block_actions", user),
    ...whereOf(user, place, state, slack),
    actions: [actionOf(block, element, action, slack)],
  };
  const error = failureOf(await slack.carrier.send("interactive", payload));
  return error === undefined ? { ok: true } : { ok: false, error };
}

/** Asks the app for the options of an `external_select`. */
export async function suggest(
  user: User,
  container: Container,
  asked: Fields,
  slack: Slack,
): Promise<Fields> {
  const place = placeOf(user, container, slack);
  const { block, element } = elementIn(place, asked);
  const state = { values: completeState(place.blocks, {}) };
  const { trigger_id: _, response_url: __, ...where } = whereOf(user, place, state, slack);
  const receipt = await slack.carrier.send("interactive", {
    ...interaction(slack, "block_suggestion", user),
    ...where,
    block_id: block["block_id"],
    action_id: element["action_id"],
    value: String(asked["value"] ?? ""),
  });
  if (receipt.kind !== "acknowledged") throw new SlackRefusal(failureOf(receipt) ?? "no_answer");
  const { options, option_groups } = receipt.answer;
  return {
    options: asList(options).slice(0, 100),
    ...(option_groups !== undefined && { option_groups: asList(option_groups) }),
  };
}

function placeOf(user: User, container: Container, slack: Slack): Place {
  if (container.kind === "message") {
    const message = slack.messages.findFor(user.id, container.channel, container.ts);
    if (!message) throw new SlackRefusal("message_not_found");
    return { kind: "message", message, blocks: message.blocks ?? [] };
  }
  const shown =
    container.kind === "home" ? slack.views.home(user.id) : slack.views.find(container.view_id);
  if (!shown || shown.user !== user.id) throw new SlackRefusal("view_not_found");
  return { kind: "view", shown, blocks: shown.view.blocks };
}

function elementIn({ blocks }: Place, { block_id, action_id }: Fields) {
  const found = interactiveElements(blocks).find(
    ({ block, element }) => block["block_id"] === block_id && element["action_id"] === action_id,
  );
  if (!found) throw new SlackRefusal("action_not_found");
  return found;
}

function whereOf(
  user: User,
  place: Place,
  state: ShownView["view"]["state"],
  slack: Slack,
): Fields {
  if (place.kind === "view") {
    const view = slack.views.remember(place.shown, state.values);
    return {
      container: { type: "view", view_id: view.id },
      trigger_id: slack.triggers.make(user.id, view.id),
      view,
    };
  }
  const { message } = place;
  const channel = slack.workspace.channel(message.channel);
  if (!channel) throw new SlackRefusal("channel_not_found");
  const ephemeral = message.ephemeral_to !== undefined;
  const thread = message.thread_ts ?? null;
  const at = { user: user.id, channel: channel.id, message: message.ts, thread };
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(thread && { thread_ts: thread }),
    },
    trigger_id: slack.triggers.make(user.id),
    channel: { id: channel.id, name: channelNameFor(channel) },
    // Slack does not send the content of an ephemeral message.
    ...(!ephemeral && { message: shownMessage(slack, message) }),
    state,
    response_url: slack.responseUrls.make(at),
  };
}

/** The members of an action come from the element as it stands; only the choice is the person's. */
function actionOf(block: Block, element: Block, chosen: Fields, { messages }: Slack): Fields {
  const shared = {
    type: element.type,
    block_id: block["block_id"],
    action_id: element["action_id"],
    action_ts: messages.nextTs(),
  };
  if (/button$/.test(element.type)) {
    const { text, value, style } = element;
    return {
      ...shared,
      text,
      ...(value !== undefined && { value }),
      ...(style !== undefined && { style }),
    };
  }
  if (element.type === "feedback_buttons") {
    const buttons = [element["positive_button"], element["negative_button"]].map(asFields);
    const pressed = buttons.find(({ value }) => value === chosen["value"]);
    if (!pressed) throw new SlackRefusal("action_not_found");
    return { ...shared, text: pressed["text"], value: pressed["value"] };
  }
  const member = element.type === "overflow" ? "selected_option" : valueMember(element.type);
  if (member === undefined) return shared;
  const value = chosen[member] ?? null;
  refuseUnknownOptions(element, value);
  return { ...shared, [member]: value };
}

function refuseUnknownOptions(element: Block, chosen: unknown) {
  const groups = asList(element["option_groups"]).map(asFields);
  const options = [element, ...groups].flatMap((holder) => asList(holder["options"]));
  if (options.length === 0) return;
  const known = new Set(options.map((option) => asFields(option)["value"]));
  const picked = [chosen].flat().filter((option) => option !== null);
  const strange = picked.some((option) => !known.has(asFields(option)["value"]));
  if (strange) throw new SlackRefusal("invalid_option");
}
