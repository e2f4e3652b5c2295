import type { Shelf } from "../collection.ts";
import { withIds } from "./block-ids.ts";
import type { Changes } from "./changes.ts";
import { asList, asText, isBlock, type Block, type Fields } from "./fields.ts";
import { newBlockId, newId } from "./names.ts";
import { SlackRefusal } from "./refusal.ts";
import { completeState, type StateValues } from "./state-values.ts";
import type { Workspace } from "./workspace.ts";

/** A view as Slack's methods and payloads show it. */
export type View = Fields & {
  id: string;
  type: string;
  hash: string;
  callback_id: string;
  external_id: string;
  notify_on_close: boolean;
  clear_on_close: boolean;
  blocks: Block[];
  state: { values: StateValues };
};

/** What the page shows beside a view: wrong inputs, a failed submit, a submit under way. */
export type ViewNotes = { errors?: Record<string, string>; error?: string; busy?: boolean };

export type ShownView = { user: string; view: View; notes: ViewNotes };
export type Views = ReturnType<typeof openViews>;

const highestStack = 3;

/** Each person's stack of modals (top last) and App Home. */
export function openViews(shelf: Shelf, workspace: Workspace, changes: Changes) {
  const stacks = shelf.collection<ShownView[]>("modals");
  const homes = shelf.collection<ShownView>("homes");
  for (const [user, stack] of [...stacks.entries()]) {
    stacks.set(
      user,
      stack.map((shown) => ({ ...shown, notes: {} })),
    );
  }

  const stackOf = (user: string) => stacks.get(user) ?? [];
  const put = (user: string, stack: ShownView[]) => {
    stacks.set(user, stack);
    changes.touch();
  };
  const everyView = () => [...stacks.values()].flat().concat(...homes.values());
  const find = (id: string) => everyView().find(({ view }) => view.id === id);

  const refuseSecond = (external: string, except?: string) => {
    if (external === "") return;
    const taken = everyView().some(
      ({ view }) => view.external_id === external && view.id !== except,
    );
    if (taken) throw new SlackRefusal("duplicate_external_id");
  };

  const build = (body: Fields, over: Fields, before?: View): View => {
    const blocks = withIds(asList(body["blocks"]).filter(isBlock));
    const { app_id, bot_id } = workspace.identity;
    const shared = { team_id: workspace.team.id, app_id, app_installed_team_id: workspace.team.id };
    const view: View = {
      id: newId("V"),
      title: null,
      submit: null,
      close: null,
      private_metadata: "",
      root_view_id: null,
      previous_view_id: null,
      ...shared,
      bot_id,
      ...body,
      ...over,
      type: String(body["type"]),
      callback_id: asText(body["callback_id"]) ?? "",
      external_id: asText(body["external_id"]) ?? "",
      clear_on_close: body["clear_on_close"] === true,
      notify_on_close: body["notify_on_close"] === true,
      hash: `${Math.floor(Date.now() / 1000)}.${newBlockId()}${newBlockId()}`,
      blocks,
      state: { values: {} },
    };
    view.state = { values: completeState(blocks, before?.state.values ?? {}) };
    refuseSecond(view.external_id, view.id);
    return view;
  };

  const keep = (shown: ShownView) => {
    const { user, view } = shown;
    if (homes.get(user)?.view.id === view.id) homes.set(user, shown);
    else {
      stacks.set(
        user,
        stackOf(user).map((other) => (other.view.id === view.id ? shown : other)),
      );
    }
  };

  return {
    stackOf,
    home: (user: string) => homes.get(user),
    find,

    findExternal: (external: string) =>
      everyView().find(({ view }) => view.external_id === external),

    /** A new stack for this person; modals that were open are gone. */
    open(user: string, body: Fields): View {
      const id = newId("V");
      const view = build(body, { id, root_view_id: id, previous_view_id: null });
      put(user, [{ user, view, notes: {} }]);
      return view;
    },

    push(user: string, body: Fields): View {
      const stack = stackOf(user);
      const [root] = stack;
      const top = stack.at(-1);
      if (!root || !top) throw new SlackRefusal("not_found");
      if (stack.length >= highestStack) throw new SlackRefusal("push_limit_reached");
      const view = build(body, { root_view_id: root.view.id, previous_view_id: top.view.id });
      put(user, [...stack, { user, view, notes: {} }]);
      return view;
    },

    /** Input under the same block and action id keeps what was typed. */
    update(shown: ShownView, body: Fields): View {
      const { id } = shown.view;
      const { root_view_id, previous_view_id } = shown.view;
      const view = build(body, { id, root_view_id, previous_view_id }, shown.view);
      keep({ user: shown.user, view, notes: {} });
      changes.touch();
      return view;
    },

    publish(user: string, body: Fields): View {
      const before = homes.get(user)?.view;
      const id = before?.id ?? newId("V");
      const view = build(body, { id, root_view_id: id }, before);
      homes.set(user, { user, view, notes: {} });
      changes.touch();
      return view;
    },

    /** Remembers what stands in the inputs; the view's hash stays. */
    remember(shown: ShownView, values: StateValues): View {
      const view = { ...shown.view, state: { values } };
      keep({ ...shown, view });
      return view;
    },

    note(id: string, notes: ViewNotes) {
      const shown = find(id);
      if (!shown) return;
      keep({ ...shown, notes });
      changes.touch();
    },

    /** Takes the view and what lies on it off the stack, and returns them, top first. */
    close(user: string, id: string): View[] {
      const stack = stackOf(user);
      const at = stack.findIndex(({ view }) => view.id === id);
      if (at < 0) return [];
      put(user, stack.slice(0, at));
      return stack
        .slice(at)
        .map(({ view }) => view)
        .toReversed();
    },
  };
}
