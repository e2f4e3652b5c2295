import type { Approval } from "#domain/approval.ts";
import { Mistake } from "#domain/errors.ts";
import { connectorKind } from "../connectors/change.ts";
import { heldKind } from "../held/kind.ts";
import type { ApprovalKind } from "./kind.ts";

/** Every kind of thing that needs a second person, by its name. A new one is a file and a line here. */
const kinds: Readonly<Record<string, ApprovalKind>> = {
  connector: connectorKind,
  held: heldKind,
};

/** @throws Mistake for a kind of a newer version of ours */
export function kindOf({ kind }: Pick<Approval, "kind">): ApprovalKind {
  const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (found === undefined) throw new Mistake("This request is of a kind that I do not know.");
  return found;
}
