import { mrkdwn, person, type Markup } from "../text/markup.ts";
import { many } from "../text/amount.ts";

/** The answer to a retry: how many were taken, and who has the others. */
export function retrying(
  { taken, busy }: { taken: number; busy: readonly { id: string; by: string }[] },
  where: string,
): Markup {
  const [first] = busy;
  if (taken === 0 && first)
    return mrkdwn`Already being retried by ${person(first.by)}. Nothing was sent twice.`;
  if (taken === 0) return mrkdwn`Nothing is open in ${where}, so there was nothing to retry.`;
  const others =
    busy.length > 0 ? mrkdwn` ${many(busy.length, "other")} are being retried already.` : mrkdwn``;
  return mrkdwn`Retrying ${many(taken, "record")} of ${where}.${others} The card says how it goes.`;
}
