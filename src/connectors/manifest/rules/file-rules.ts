import { type Finding, finding, objectsOf, type Rule, type Where } from "./rule.ts";

/** Files have what their bytes are told and sent by; a tree can be walked up and down. */
export const files: Rule = function* (manifest) {
  for (const where of objectsOf(manifest)) {
    yield* judgeContent(where);
    const { at, spec } = where;
    const { tree } = spec;
    if (tree === undefined) continue;
    if (spec.read?.ids !== 1)
      yield finding([...at, "tree"], "A tree needs read with ids: 1, to see a folder by itself");
    if (tree.within !== undefined && manifest.settings[tree.within] === undefined)
      yield finding([...at, "tree", "within"], `There is no setting ${tree.within}`);
  }
};

function* judgeContent({ at, spec }: Where): Iterable<Finding> {
  const { content, fields, write } = spec;
  if (content === undefined) return;
  for (const name of ["path", "kind", "content"])
    if (fields[name] === undefined)
      yield finding([...at, "content"], `An object with content needs the field ${name}`);
  if (spec.read === undefined)
    yield finding([...at, "content"], "An object with content needs read, to open one file");
  if (write !== undefined && write.batch !== 1)
    yield finding([...at, "write", "batch"], "Files are sent one by one: batch: 1");
  if (write !== undefined && content.upload === undefined)
    yield finding([...at, "content"], "Files that are written need upload");
}
