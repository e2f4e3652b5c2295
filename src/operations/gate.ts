import { actorText, type Actor } from "#domain/actor.ts";
import { isSystemic, Mistake, NotAllowed } from "#domain/errors.ts";
import type { AuditEntry } from "#domain/ports/people.ts";
import type { OperationName, Perform } from "./contract.ts";
import { operations } from "./index.ts";
import { checkInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import { demand, standingOf } from "./roles.ts";
import type { World } from "./world.ts";

/**
 * The one way in: checks what was asked, the role of who asks as it is now, does it, and keeps an audit
 * row of what changed something or showed personal data, and of what was refused.
 */
export function makePerform(world: World): Perform {
  const newcomers = new Set<string>();

  return async (name, input, actor) => {
    const operation: Operation<typeof name> = operations[name];
    const checked = checkInput(operation.input, input);
    const told = JSON.stringify(operation.told(checked)).slice(0, 2000);
    const row = (outcome: AuditEntry["outcome"], detail = "") =>
      world.audit.append({
        at: world.clock.now(),
        actor: actorText(actor),
        operation: name,
        input: told,
        outcome,
        detail: detail.slice(0, 500),
      });

    const { role, first } = await standing(operation, actor).catch(async (error: unknown) => {
      if (error instanceof NotAllowed) await row("refused", error.message);
      throw error;
    });
    if (first) newcomers.add(actorText(actor));

    const by = actorText(actor);
    const becameAdmin = () => newcomers.delete(by);
    const asked = { world, actor, by, role, at: world.clock.now(), becameAdmin };
    const audited = isAudited(operation, actor);
    const out = await operation.run(checked, asked).catch(async (error: unknown) => {
      if (audited || error instanceof NotAllowed) await row(outcomeOf(error), detailOf(error));
      throw error;
    });
    if (audited) await row("done");
    return out;
  };

  async function standing<Name extends OperationName>(operation: Operation<Name>, actor: Actor) {
    const found = await standingOf(world, actor);
    await demand(world, operation.title, operation.needs, found.role);
    return found;
  }
}

const isAudited = ({ audited }: Pick<Operation<OperationName>, "audited">, actor: Actor): boolean =>
  audited === "always" || (audited === "people" && actor.kind !== "system");

const outcomeOf = (error: unknown): AuditEntry["outcome"] =>
  error instanceof NotAllowed ? "refused" : "failed";

/** Only our own sentences: what else an error says may carry a record or a credential. */
const detailOf = (error: unknown): string => {
  if (error instanceof Mistake || error instanceof NotAllowed) return error.message;
  return isSystemic(error) || error instanceof Error ? error.name : "unknown";
};
