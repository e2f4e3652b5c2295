import type { Approval } from "#domain/approval.ts";
import type { ApprovalId } from "#domain/ids.ts";
import { NotAllowed } from "#domain/errors.ts";
import type { Actor } from "#domain/actor.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";

type Request = Pick<Approval, "kind" | "subject" | "what">;

const hours = 24;

/** Over everything that is asked for; the same in whichever process. */
export const hashOf = ({ hash }: Pick<World, "hash">, { kind, subject, what }: Request): string =>
  hash(JSON.stringify([kind, subject, what]));

/** Keeps a request to be looked at, as it will be asked. @throws NotAllowed */
export function draft(
  world: World,
  { kind, subject, what }: Request,
  { actor, by, at }: { actor: Actor; by: string; at: Temporal.Instant },
): Promise<ApprovalId> {
  inPerson(actor);
  const hash = hashOf(world, { kind, subject, what });
  return world.approvals.draft({ kind, subject, what, hash, askedBy: by, at });
}

/** Asks the other admins. What waited about the same subject is void from now on. */
export async function askFor(
  world: World,
  { id, kind, subject }: Pick<Approval, "id" | "kind" | "subject">,
  at: Temporal.Instant,
): Promise<boolean> {
  const until = at.add({ hours });
  if (!(await world.approvals.ask(id, until))) return false;
  await replaceWaiting(world, { kind, subject }, at, id);
  await tell(world, [{ kind: "approval", id }]);
  await world.queue.add({ kind: "approval", approval: id }, until);
  return true;
}

/** What waits about a subject, but for `except`, is void, and its cards say so. */
export async function replaceWaiting(
  world: World,
  about: Pick<Approval, "kind" | "subject">,
  at: Temporal.Instant,
  except: ApprovalId | null = null,
): Promise<void> {
  const replaced = await world.approvals.replace(about, at, except);
  await tell(
    world,
    replaced.map((id) => ({ kind: "approval", id })),
  );
}

/** Two names of one person at two doors are not two people: all of it is done in Slack. @throws NotAllowed */
export function inPerson(actor: Actor): void {
  if (actor.kind !== "slack")
    throw new NotAllowed("What needs a second person is asked for and decided in Slack.");
}
