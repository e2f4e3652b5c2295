import { setTimeout as sleep } from "node:timers/promises";

export type Shown = {
  ts: string;
  channel: string;
  text: string;
  thread_ts?: string;
  ephemeral?: boolean;
  blocks?: Block[];
};
type Element = {
  type: string;
  action_id?: string;
  value?: string;
  text?: { text: string };
  options?: Option[];
  option_groups?: { options: Option[] }[];
};
type Option = { text: { text: string }; value: string };
type Block = {
  type: string;
  block_id?: string;
  elements?: Element[];
  accessory?: Element;
  element?: Element;
  label?: { text: string };
};
export type View = {
  id: string;
  title: { text: string };
  blocks: Block[];
  errors?: Record<string, string>;
};
type State = {
  me: { id: string };
  channels: { id: string; name: string }[];
  messages: Record<string, Shown[]>;
  modals: View[];
  home: View | null;
  tools: { name: string; url: string }[];
  app: { connected: boolean };
};

/** Somebody in the simulated workspace, acting through the same calls as the page. */
export function personAt(page: string, user?: string) {
  const call = async (
    path: string,
    body: Record<string, unknown>,
  ): Promise<{ ok: boolean; error?: string; errors?: Record<string, string> }> => {
    const response = await fetch(new URL(path, page), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: await me(), ...body }),
    });
    return (await response.json()) as { ok: boolean };
  };
  const state = async (): Promise<State> => {
    const about = user === undefined ? "" : `?user=${user}`;
    return (await (await fetch(new URL(`/ui/state${about}`, page))).json()) as State;
  };
  const me = async (): Promise<string> => user ?? (await state()).me.id;
  const channel = async (name: string): Promise<string> =>
    (await state()).channels.find((one) => one.name === name)?.id ?? name;

  /** Looks again and again until there is something to see; half a minute at most. */
  const eventually = async <T>(what: string, look: (now: State) => T | undefined): Promise<T> => {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const now = await state();
      const found = look(now);
      if (found !== undefined) return found;
      if (Date.now() > deadline)
        throw new Error(`${what} did not show up; there was ${summary(now)}`);
      await sleep(50);
    }
  };
  const message = (where: string, pattern: RegExp): Promise<Shown> =>
    eventually(`a message ${pattern}`, (now) => {
      const id = now.channels.find((one) => one.name === where)?.id ?? where;
      return now.messages[id]?.findLast((shown) => pattern.test(shown.text));
    });
  /** What is said there from now on: does it, then waits for a message that was not there before. */
  const hears = async (where: string, pattern: RegExp, deed: () => Promise<unknown>) => {
    const key = ({ ts, text }: Shown): string => `${ts} ${text}`;
    const known = new Set(
      Object.values((await state()).messages)
        .flat()
        .map(key),
    );
    await deed();
    return eventually(`an answer ${pattern}`, (now) => {
      const id = now.channels.find((one) => one.name === where)?.id ?? where;
      return now.messages[id]?.findLast((one) => pattern.test(one.text) && !known.has(key(one)));
    });
  };
  const press = async (shown: Shown, label: string): Promise<{ ok: boolean; error?: string }> => {
    const found = elements(shown.blocks ?? []).find(({ element }) => named(element, label));
    if (found === undefined) throw new Error(`no button “${label}” on: ${shown.text}`);
    const container = { kind: "message", channel: shown.channel, ts: shown.ts };
    return call("/ui/action", { container, action: action(found, label) });
  };
  const pressInView = async (
    view: View,
    label: string,
  ): Promise<{ ok: boolean; error?: string }> => {
    const found = elements(view.blocks).find(({ element }) => named(element, label));
    if (found === undefined) throw new Error(`no button “${label}” in “${view.title.text}”`);
    return call("/ui/action", {
      container: { kind: "view", view_id: view.id },
      action: action(found, label),
    });
  };
  /** What the page does when a file is chosen in a form; the id under which the form holds it. */
  const upload = async (
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<string> => {
    const query = new URLSearchParams({ user: await me(), name });
    const about = { method: "POST", body: content };
    const answer = await fetch(new URL(`/ui/files?${query.toString()}`, page), about);
    return ((await answer.json()) as { file: { id: string } }).file.id;
  };
  const modal = (pattern: RegExp): Promise<View> =>
    eventually(`a modal ${pattern}`, (now) => {
      const top = now.modals.at(-1);
      return top !== undefined && pattern.test(JSON.stringify(top)) ? top : undefined;
    });

  return {
    state,
    me,
    eventually,
    message,
    hears,
    modal,
    /** The same message as it is now. */
    again: async ({ channel, ts }: Shown): Promise<Shown | undefined> =>
      (await state()).messages[channel]?.find((one) => one.ts === ts),
    /** Waits until that very message says this. */
    becomes: ({ channel, ts }: Shown, pattern: RegExp): Promise<Shown> =>
      eventually(`${ts} saying ${pattern}`, (now) =>
        now.messages[channel]?.find((one) => one.ts === ts && pattern.test(one.text)),
      ),
    /** Waits until the thread under a message says this; returns all of it. */
    thread: ({ channel, ts }: Shown, pattern: RegExp): Promise<string> =>
      eventually(`the thread saying ${pattern}`, (now) => {
        const replies = (now.messages[channel] ?? []).filter((one) => one.thread_ts === ts);
        const text = replies.map((reply) => reply.text).join("\n");
        return pattern.test(text) ? text : undefined;
      }),
    press,
    pressInView,
    type: async (where: string, text: string) =>
      call("/ui/command", { channel: await channel(where), text }),
    say: async (where: string, text: string, thread_ts?: string) =>
      call("/ui/message", { channel: await channel(where), text, ...(thread_ts && { thread_ts }) }),
    upload,
    /** Chooses in a select of a form that tells us at once. */
    async choose(view: View, label: string, option: string): Promise<{ ok: boolean }> {
      const block = view.blocks.find((one) => one.label?.text === label);
      const { element } = block ?? {};
      const chosen = element && optionsOf(element).find(({ text }) => text.text === option);
      if (chosen === undefined) throw new Error(`no “${option}” under “${label}”`);
      return call("/ui/action", {
        container: { kind: "view", view_id: view.id },
        action: {
          ...{ type: element?.type, block_id: block?.block_id, action_id: element?.action_id },
          selected_option: chosen,
        },
      });
    },
    /** `typed`: by the label of the input; of a file what `upload` gave. */
    async submit(
      view: View,
      typed: Record<string, string>,
    ): Promise<{ ok: boolean; error?: string; errors?: Record<string, string> }> {
      const inputs = view.blocks.filter((block) => block.type === "input");
      const values = Object.fromEntries(
        inputs.map((block) => [
          block.block_id ?? "",
          { [block.element?.action_id ?? ""]: given(block, typed) },
        ]),
      );
      return call("/ui/submit", { view_id: view.id, values });
    },
    /** What its inputs hold, by label. */
    filled: (view: View): Record<string, string> =>
      Object.fromEntries(
        view.blocks
          .filter(({ type }) => type === "input")
          .map((block) => {
            const { initial_value } = (block.element ?? {}) as { initial_value?: string };
            return [block.label?.text ?? "", initial_value ?? ""];
          }),
      ),
    close: (view: View) => call("/ui/close", { view_id: view.id }),
    home: () => call("/ui/home", {}),
  };
}

type Placed = { block: Block; element: Element };

const elements = (blocks: Block[]): Placed[] =>
  blocks.flatMap((block) =>
    [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])].map((element) => ({
      block,
      element,
    })),
  );

const named = (element: Element, label: string): boolean =>
  element.text?.text === label || (element.options ?? []).some(({ text }) => text.text === label);

function action({ block, element }: Placed, label: string): Record<string, unknown> {
  const option = element.options?.find(({ text }) => text.text === label);
  return {
    type: element.type,
    block_id: block.block_id,
    action_id: element.action_id,
    ...(element.value !== undefined && { value: element.value }),
    ...(option !== undefined && { selected_option: option }),
  };
}

const optionsOf = ({ options = [], option_groups: groups = [] }: Element): Option[] => [
  ...options,
  ...groups.flatMap((group) => group.options),
];

function given(block: Block, typed: Record<string, string>): Record<string, unknown> {
  const label = block.label?.text ?? "";
  const text = typed[label];
  const element = block.element as Element & { initial_value?: string; initial_option?: Option };
  if (element.type === "file_input")
    return { type: element.type, files: text === undefined ? [] : [{ id: text }] };
  const options = optionsOf(element);
  if (element.type === "multi_static_select") return several(element, text ?? "");
  if (options.length > 0) {
    const option = options.find((one) => one.text.text === text) ?? element.initial_option ?? null;
    return { type: element.type, selected_option: option };
  }
  return { type: element.type, value: text ?? element.initial_value ?? null };
}

/** "deal.won, run.finished" */
function several(element: Element, text: string): Record<string, unknown> {
  const wanted = text.split(", ");
  const selected = optionsOf(element).filter((one) => wanted.includes(one.text.text));
  return { type: element.type, selected_options: selected };
}

const summary = (now: State): string =>
  JSON.stringify({
    messages: Object.values(now.messages)
      .flat()
      .map(({ text }) => text),
    modals: now.modals.map(({ title, blocks, errors }) => [title.text, said(blocks), errors]),
  });

/** The texts of blocks, for whoever reads a failure. */
const said = (blocks: Block[]): string[] =>
  [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text ?? "");
