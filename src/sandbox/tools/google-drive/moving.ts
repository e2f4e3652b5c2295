import { type Account, findFolder } from "./access.ts";
import type { Call } from "./call.ts";
import { badRequest, forbidden } from "./errors.ts";
import type { DriveFile } from "./files.ts";
import { rootOf } from "./principals.ts";

/** Said to a second parent, at whatever door it comes in. */
export const manyParents = () =>
  forbidden("cannotAddParent", "Increasing the number of parents is not allowed");

/** A file has exactly one parent, so the new one comes with the old one's removal. */
export function moved(account: Account, call: Call, file: DriveFile): Partial<DriveFile> {
  const listed = (name: string) => (call.text(name) ?? "").split(",").filter((id) => id !== "");
  const [adding, removing] = [listed("addParents"), listed("removeParents")];
  const root = rootOf(call.who.own);
  const removed = removing.map((id) => (id === "root" ? root : id)).includes(file.parent ?? "");
  const added = adding.map((id) => findFolder(account, call, id));
  const [parent, ...others] = added.filter(({ id }) => id !== file.parent);
  if (parent === undefined) {
    // Without a parent a file would be nowhere. The reason is likely, not recorded.
    if (removed && added.length === 0)
      throw forbidden("cannotRemoveParent", "A file has to have a parent.");
    return {};
  }
  if (others.length > 0 || !removed) throw manyParents();
  const inside =
    parent.id === file.id || account.files.below(file.id).some(({ id }) => id === parent.id);
  if (inside) throw badRequest("The requested parent would create a cycle.", "addParents");
  return { parent: parent.id, corpus: parent.corpus };
}
