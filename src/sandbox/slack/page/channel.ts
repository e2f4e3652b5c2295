import { Composer } from "./composer.ts";
import { html } from "./html.ts";
import { MessageLog, rootsOf } from "./messages.ts";
import type { Channel } from "./model.ts";
import { useWorkspace } from "./state.ts";
import { PaneHead } from "./pane-head.ts";

/** The middle of the page: what is said in one channel, and where to type. */
export function ChannelPane({ channel, onMenu }: { channel: Channel; onMenu: () => void }) {
  const { messages, app } = useWorkspace();
  const isIm = channel.kind === "im";
  const name = isIm ? app.name : `#${channel.name}`;
  const about = isIm ? "Direct messages with the app" : channel.purpose;
  const empty = isIm
    ? `Nothing here yet. Say hello to ${app.name}, or type / to see what it can do.`
    : `Nothing in ${name} yet. Type / to see what ${app.name} can do.`;
  return html`<main class="pane" aria-label=${name}>
    <${PaneHead} title=${name} about=${about} onMenu=${onMenu} />
    ${
      !isIm &&
      !channel.bot_is_member &&
      html`<p class="pane-note">
        ${app.name} is not in this channel, so it cannot post here. Type
        <code>/invite @${app.name}</code> to bring it in.
      </p>`
    }
    <${MessageLog}
      messages=${rootsOf(messages[channel.id] ?? [])}
      label=${`Messages in ${name}`}
      place=${channel.id}
      inThread=${false}
      empty=${empty}
    />
    <${Composer}
      key=${channel.id}
      channel=${channel.id}
      placeholder=${`Message ${name}, or type /`}
    />
  </main>`;
}
