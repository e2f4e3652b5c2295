import type { Actor, Role } from "#domain/actor.ts";
import type { z } from "zod";
import type { OperationName, Operations } from "./contract.ts";
import type { World } from "./world.ts";

/** Who asked, as the gate found them to be. */
export type Asked = {
  world: World;
  actor: Actor;
  /** The actor as stored with what they did: a Slack user id or a name. */
  by: string;
  role: Role;
  at: Temporal.Instant;
  /** True once for whoever has become the first admin by using this installation. */
  becameAdmin(): boolean;
};

/** One thing a person can ask for. */
export type Operation<Name extends OperationName> = {
  /** As the beginning of a sentence: "Starting a run". */
  title: string;
  needs: Role;
  /** `people`: what Tieline does by itself leaves its trace elsewhere. */
  audited: "always" | "people" | "never";
  /** Each field's description says what it may be: it ends the sentence "flow must be …". */
  input: z.ZodType<Operations[Name]["in"]> & { shape: Readonly<Record<string, z.ZodType>> };
  /** What the audit row says of the input: nothing secret, nothing personal. */
  told(input: Operations[Name]["in"]): Readonly<Record<string, unknown>>;
  run(input: Operations[Name]["in"], asked: Asked): Promise<Operations[Name]["out"]>;
};

export const operation = <Name extends OperationName>(
  _name: Name,
  operation: Operation<Name>,
): Operation<Name> => operation;
