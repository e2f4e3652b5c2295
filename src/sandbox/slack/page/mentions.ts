import { html } from "./html.ts";
import { displayName } from "./model.ts";
import { hashOf } from "./route.ts";
import { useWorkspace } from "./state.ts";
import { formatDate, fullTime } from "./time.ts";

type Mentioned = { id: string; label?: string };

export function UserMention({ id, label }: Mentioned) {
  const { users, me } = useWorkspace();
  const user = users.find((one) => one.id === id);
  const name = user ? displayName(user) : (label ?? id);
  return html`<span class=${id === me.id ? "mention mine" : "mention"}>@${name}</span>`;
}

export function ChannelMention({ id, label }: Mentioned) {
  const { channels } = useWorkspace();
  const channel = channels.find((one) => one.id === id);
  if (!channel) return html`<span class="mention">#${label || "private-channel"}</span>`;
  const href = hashOf({ kind: "channel", channel: id, thread: undefined });
  return html`<a class="mention" href=${href}>#${channel.name}</a>`;
}

export function GroupMention({ id, label }: Mentioned) {
  const { usergroups } = useWorkspace();
  const handle = usergroups.find((one) => one.id === id)?.handle ?? label ?? id;
  return html`<span class="mention">@${handle.replace(/^@/, "")}</span>`;
}

/** A date token, in the zone of the person who reads it. */
export function DateText(date: { unix: number; format: string; url?: string; fallback: string }) {
  const { me } = useWorkspace();
  const shown = formatDate(date.unix, date.format, me.tz, Date.now()) || date.fallback;
  const time = html`<time title=${fullTime(date.unix * 1000, me.tz)}>${shown}</time>`;
  if (!date.url) return time;
  return html`<a href=${date.url} target="_blank" rel="noopener noreferrer">${time}</a>`;
}
