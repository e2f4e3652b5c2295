import { isSystemic } from "#domain/errors.ts";
import type { HookAnswer, HookRequest } from "#domain/ports/hooks.ts";
import type { HookFacts } from "#domain/ports/connector-facts.ts";
import { reportFailures } from "../failures/report.ts";
import { type EndRead, wakeFlowsAt } from "../runs/start-on-event.ts";
import type { World } from "../world.ts";
import { ownerOf } from "./owner.ts";

/** Somebody at the door: what they sent, and the token they showed. */
export type Knock = Omit<HookRequest, "address"> & { token: string; shown: HookFacts["token"] };

/** Wakes whoever waits for something of these objects. */
type Wake = (ends: readonly EndRead[]) => Promise<unknown>;

/** Tools wait 10 to 30 seconds for an answer. */
const patienceMs = 8000;
/** All that comes within it has one timer: at thousands a second each of its own would cost more than it brings. */
const sharedMs = 500;

let shared = { signal: AbortSignal.abort(), until: 0 };

function patienceFromNow(): AbortSignal {
  const now = performance.now();
  if (now >= shared.until)
    shared = { signal: AbortSignal.timeout(patienceMs), until: now + sharedMs };
  return shared.signal;
}

/**
 * Takes what somebody sent to an address of ours. It is kept, and whoever waits for it is woken, before
 * this resolves. Who does not prove to be a sender of ours gets one and the same answer, whatever is
 * wrong: that there is such an address is nothing they are told.
 */
export async function receiveMessage(
  world: World,
  { token, shown, ...request }: Knock,
  wake: Wake = (ends) => wakeFlowsAt(world, ends),
): Promise<HookAnswer> {
  const owner = await ownerOf(world, token, shown);
  if (owner === undefined) return unknown;
  const { connection, address } = owner;
  const patience = patienceFromNow();
  try {
    const message = { ...request, address };
    const { answer, changed, failures } = await world.tools.receive(connection, message, patience);
    if (changed.length > 0) await wake(changed.map((object) => ({ connection: connection.name, object }))); // prettier-ignore
    await reportFailures(world, connection.name, failures, "stay");
    return shown === "in_address" && says(answer) ? unknown : answer;
  } catch (error) {
    if (isSystemic(error) || patience.aborted) return later;
    throw error;
  }
}

/** Whether the answer tells somebody who may be anybody that there is something here. */
const says = ({ status }: HookAnswer): boolean => [401, 404, 405].includes(status);

const unknown: HookAnswer = { status: 401, headers: {}, body: "" };
/** A handshake that needs the tool, which does not answer just now. */
const later: HookAnswer = { status: 503, headers: { "retry-after": "30" }, body: "" };
