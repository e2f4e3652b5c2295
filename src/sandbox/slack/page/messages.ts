import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import { html } from "./html.ts";
import { MessageView } from "./message.ts";
import type { Message } from "./model.ts";
import { useWorkspace } from "./state.ts";
import { useStickyScroll } from "./sticky-scroll.ts";
import { dayHeading, dayOf, momentOf } from "./time.ts";

type Props = {
  messages: Message[];
  label: string;
  place: string;
  inThread: boolean;
  empty: string;
};

const closeBy = 5 * 60_000;

/** True when it comes from the same person within five minutes, on the same day, with the same readers. */
function followsOn(message: Message, before: Message | undefined, zone: string): boolean {
  if (!before || before.user !== message.user || before.ephemeral || message.ephemeral)
    return false;
  if (message.blocks?.length || before.blocks?.length) return false;
  const [now, then] = [momentOf(message.ts), momentOf(before.ts)];
  return now - then < closeBy && dayOf(now, zone) === dayOf(then, zone);
}

/** The root messages of a channel: replies are in their threads. */
export const rootsOf = (messages: Message[]): Message[] =>
  messages.filter(({ thread_ts: root, ts }) => !root || root === ts);

export const threadOf = (messages: Message[], root: string): Message[] =>
  messages.filter(({ thread_ts: thread, ts }) => ts === root || thread === root);

/** The log of a channel or thread. It stays at the end while the reader is there, and where it is while they are not. */
export function MessageLog({ messages, label, place, inThread, empty }: Props) {
  const zone = useWorkspace().me.tz;
  const { frame, content, behind, toEnd } = useStickyScroll(place, messages.at(-1)?.ts);
  const now = Date.now();
  return html`<div class="log-frame">
    <div class="log" role="log" aria-label=${label} aria-live="polite" tabindex="0" ref=${frame}>
      <div class="log-content" ref=${content}>
        ${messages.length === 0 && html`<p class="empty">${empty}</p>`}
        ${messages.map((message, index) => {
          const before = messages[index - 1];
          const day = dayOf(momentOf(message.ts), zone);
          const newDay = !before || dayOf(momentOf(before.ts), zone) !== day;
          return html`<${Fragment} key=${message.ts}>
            ${newDay && !inThread && html`<div class="day" role="separator"><span>${dayHeading(momentOf(message.ts), zone, now)}</span></div>`}
            <${Kept} message=${message} follows=${!newDay && followsOn(message, before, zone)} replies=${!inThread} />
          </${Fragment}>`;
        })}
      </div>
    </div>
    ${behind && html`<button type="button" class="to-end" onClick=${toEnd}>New messages ↓</button>`}
  </div>`;
}

type KeptProps = { message: Message; follows: boolean; replies: boolean };

/** Draws a message again only when it, or who reads it, changed. */
function Kept({ message, follows, replies }: KeptProps) {
  const { me, users, channels, usergroups } = useWorkspace();
  return useMemo(
    () => html`<${MessageView} message=${message} follows=${follows} replies=${replies} />`,
    [message, follows, replies, me, users, channels, usergroups],
  );
}
