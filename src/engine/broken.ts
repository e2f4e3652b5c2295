import { connectionBroken } from "#domain/broken.ts";
import { SignInRefused, type SignInAgain } from "#domain/errors.ts";
import type { Events } from "#domain/ports/events.ts";

/** That a tool did not renew a sign-in was told as it happened. */
export async function tellBroken(
  events: Pick<Events, "publish">,
  error: SignInAgain,
  at: Temporal.Instant,
): Promise<void> {
  const { connection, message } = error;
  if (connection === null || error instanceof SignInRefused) return;
  await events.publish(connectionBroken(connection, message), at);
}
