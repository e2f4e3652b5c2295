import type { OperationName, Operations, Perform } from "#operations/contract.ts";
import type { Actor } from "#domain/actor.ts";

type Answer<Name extends OperationName> =
  | Operations[Name]["out"]
  | ((input: Operations[Name]["in"], actor: Actor) => Operations[Name]["out"]);

/** What each operation answers here; one that is not named was not expected. */
export type Answers = { [Name in OperationName]?: Answer<Name> };

export type Performed = { name: OperationName; input: unknown; actor: Actor };

/** A `Perform` that answers from a table and remembers what it was asked. */
export function performing(answers: Answers): { perform: Perform; performed: Performed[] } {
  const performed: Performed[] = [];
  const perform: Perform = async <Name extends OperationName>(
    name: Name,
    input: Operations[Name]["in"],
    actor: Actor,
  ) => {
    performed.push({ name, input, actor });
    const answer: Answer<Name> | undefined = answers[name];
    if (answer === undefined) throw new Error(`${name} was not expected here.`);
    return typeof answer === "function" ? answer(input, actor) : answer;
  };
  return { perform, performed };
}
