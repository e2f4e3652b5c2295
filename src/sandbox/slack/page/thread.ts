import { Composer, focusComposer } from "./composer.ts";
import { html } from "./html.ts";
import { Icon } from "./icon.ts";
import { MessageLog, threadOf } from "./messages.ts";
import type { Channel } from "./model.ts";
import { go } from "./route.ts";
import { useWorkspace } from "./state.ts";

/** A message and its replies, beside the channel. */
export function ThreadPanel({ channel, root }: { channel: Channel; root: string }) {
  const { messages, app } = useWorkspace();
  const inThread = threadOf(messages[channel.id] ?? [], root);
  const name = channel.kind === "im" ? app.name : `#${channel.name}`;
  const close = () => {
    go({ kind: "channel", channel: channel.id, thread: undefined });
    focusComposer();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    close();
  };
  return html`<aside class="thread" aria-label="Thread" data-testid="thread" onKeyDown=${onKeyDown}>
    <header class="pane-head">
      <div class="pane-title">
        <h2>Thread</h2>
        <span class="purpose">${name}</span>
      </div>
      <button type="button" class="icon-button" aria-label="Close thread" onClick=${close}>
        <${Icon} name="close" />
      </button>
    </header>
    <${MessageLog}
      messages=${inThread}
      label=${`Thread in ${name}`}
      place=${`${channel.id} ${root}`}
      inThread=${true}
      empty="This message is gone."
    />
    <${Composer} key=${root} channel=${channel.id} thread=${root} placeholder="Reply" />
  </aside>`;
}
