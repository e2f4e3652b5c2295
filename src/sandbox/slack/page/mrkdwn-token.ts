import { decodeEntities } from "./entities.ts";
import { safeUrl } from "./safe-url.ts";

export type Token =
  | { kind: "link"; url: string; text: string }
  | { kind: "user" | "channel" | "usergroup"; id: string; label: string | undefined }
  | { kind: "broadcast"; range: string }
  | { kind: "date"; unix: number; format: string; url: string | undefined; fallback: string };

/** What stands between `<` and `>` in mrkdwn; undefined when it is nothing Slack knows, or a link that could run code. */
export function parseToken(body: string): Token | undefined {
  const bar = body.indexOf("|");
  const head = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? undefined : decodeEntities(body.slice(bar + 1));
  if (/^@[UWB][A-Z0-9]*$/.test(head)) return { kind: "user", id: head.slice(1), label };
  if (/^#[CGD][A-Z0-9]*$/.test(head)) return { kind: "channel", id: head.slice(1), label };
  if (head.startsWith("!")) return special(head.slice(1), label);
  const url = safeUrl(decodeEntities(head));
  return url && !/\s/.test(url) ? { kind: "link", url, text: label || url } : undefined;
}

function special(head: string, label: string | undefined): Token | undefined {
  const group = /^subteam\^(S[A-Z0-9]*)$/.exec(head)?.[1];
  if (group) return { kind: "usergroup", id: group, label };
  if (/^(here|channel|everyone)$/.test(head)) return { kind: "broadcast", range: head };
  const [name, unix, format, link] = head.split("^");
  if (name !== "date" || !unix || !/^-?\d{1,13}$/.test(unix) || !format) return undefined;
  const url = link ? safeUrl(decodeEntities(link)) : undefined;
  return {
    kind: "date",
    unix: Number(unix),
    format: decodeEntities(format),
    url,
    fallback: label ?? "",
  };
}
