import { explain, suggest } from "../api.ts";
import { html } from "../html.ts";
import { displayName, type Channel, type Workspace } from "../model.ts";
import { useWorkspace } from "../state.ts";
import { draftKey, memberOf, type StateValue } from "../values.ts";
import { filterGroups, type Choice, type Group } from "./choice-list.ts";
import type { ElementProps } from "./element-props.ts";
import type { Option, OptionGroup, Select } from "./model.ts";
import { afterPause } from "./picker-search.ts";
import { Picker } from "./picker.ts";

/** Every select menu: own options, the app's answers, people or channels; one or several. */
export function SelectElement({ element, slot, surface }: ElementProps<Select>) {
  const workspace = useWorkspace();
  const many = element.type.startsWith("multi_");
  const held = surface.value(element, slot.blockId);
  const at = { block_id: slot.blockId, action_id: element.action_id };
  const own = ownGroups(element, workspace);

  const search = (typed: string): Group[] | Promise<Group[]> => {
    if (own) return filterGroups(own, typed);
    const least = element.min_query_length ?? 3;
    if (typed.length < least)
      return Promise.reject(
        new Error(`Type at least ${least} ${least === 1 ? "letter" : "letters"}.`),
      );
    return afterPause().then(async () => {
      const answer = await suggest(surface.user, surface.container, at, typed);
      if (answer.error) throw new Error(explain(answer.error));
      return groupsOf(answer.options, answer.option_groups);
    });
  };
  const onChange = (chosen: Choice[]) => {
    const next = many ? chosen.map((choice) => choice.held) : (chosen[0]?.held ?? null);
    void surface.change(element, slot.blockId, next, slot.send);
  };
  return html`<${Picker}
    slot=${slot}
    many=${many}
    placeholder=${element.placeholder?.text ?? (many ? "Choose some" : "Choose one")}
    chosen=${chosenIn(held, element, workspace)}
    most=${element.max_selected_items ?? Infinity}
    pending=${surface.pending.has(draftKey(slot.blockId, element.action_id))}
    autofocus=${element.focus_on_load === true}
    search=${search}
    onChange=${onChange}
  />`;
}

const optionChoice = (option: Option): Choice => ({
  key: option.value,
  label: option.text.text,
  ...(option.description ? { about: option.description.text } : {}),
  held: option,
});

function groupsOf(options: Option[] = [], groups: OptionGroup[] = []): Group[] {
  if (groups.length === 0) return [{ label: undefined, choices: options.map(optionChoice) }];
  return groups.map((group) => ({
    label: group.label.text,
    choices: group.options.map(optionChoice),
  }));
}

/** The choices the page knows by itself; undefined when the app has to be asked. */
function ownGroups(element: Select, workspace: Workspace): Group[] | undefined {
  if (element.type.endsWith("static_select"))
    return groupsOf(element.options, element.option_groups);
  if (element.type.endsWith("external_select")) return undefined;
  const choices = element.type.endsWith("users_select")
    ? workspace.users.filter((user) => !user.deleted).map((user) => userChoice(user.id, workspace))
    : workspace.channels
        .filter((channel) => isOffered(channel, element))
        .map((channel) => channelChoice(channel.id, workspace));
  return [{ label: undefined, choices }];
}

function isOffered(channel: Channel, { type, filter }: Select): boolean {
  if (type.endsWith("channels_select")) return channel.kind === "channel" && !channel.is_private;
  const kind = channel.kind === "im" ? "im" : channel.is_private ? "private" : "public";
  return filter?.include?.includes(kind) ?? true;
}

function userChoice(id: string, { users }: Workspace): Choice {
  const user = users.find((one) => one.id === id);
  return { key: id, label: user ? displayName(user) : id, held: id };
}

function channelChoice(id: string, { channels, app }: Workspace): Choice {
  const channel = channels.find((one) => one.id === id);
  const label = channel?.kind === "im" ? app.name : `#${channel?.name ?? id}`;
  return { key: id, label, held: id };
}

function chosenIn(value: StateValue, element: Select, workspace: Workspace): Choice[] {
  const held = value[memberOf(element)];
  const all = Array.isArray(held) ? held : held ? [held] : [];
  return all.map((one) => {
    if (typeof one === "object" && "text" in one) return optionChoice(one);
    const isUser = element.type.endsWith("users_select");
    return isUser ? userChoice(String(one), workspace) : channelChoice(String(one), workspace);
  });
}
