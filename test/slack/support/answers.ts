import type { OperationName, Operations, Perform } from "#operations/contract.ts";
import type { Actor } from "#domain/actor.ts";

/** What each operation answers here; one that is not named was not expected. */
export type Answers = {
  [Name in OperationName]?:
    | Operations[Name]["out"]
    | ((input: Operations[Name]["in"], actor: Actor) => Operations[Name]["out"]);
};

export type Performed = { name: OperationName; input: unknown; actor: Actor };

/** A `Perform` that answers from a table and remembers what it was asked. */
export function performing(answers: Answers): { perform: Perform; performed: Performed[] } {
  const performed: Performed[] = [];
  const perform: Perform = async (name, input, actor) => {
    performed.push({ name, input, actor });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`${name} was not expected here.`);
    return typeof answer === "function" ? answer(input, actor) : answer;
  };
  return { perform, performed };
}
