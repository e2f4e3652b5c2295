/** At most so many characters, with an ellipsis where something is left out; never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${kept.replace(/[\ud800-\udbff]$/, "")}…`;
}

/** The same for mrkdwn: whole lines only, so that no escape or mention is cut in two. */
export function cutLines(mrkdwn: string, most: number): string {
  if (mrkdwn.length <= most) return mrkdwn;
  const end = mrkdwn.lastIndexOf("\n", most - 2);
  if (end > 0) return `${mrkdwn.slice(0, end)}\n…`;
  return `${mrkdwn.slice(0, most - 1).replace(/[<&][^>;]*$/, "")}…`;
}
