import type { Entity } from "./entity.ts";
import { choice, of, text } from "./field.ts";
import { filled, firstFilled } from "./filled.ts";

/** A document or a folder. Its place is its path from the top: "/Clients/Acme/contract.pdf". */
export const file: Entity = {
  name: "file",
  one: "file",
  many: "files",
  keys: ["path"],
  fields: {
    path: text("Path"),
    name: text("Name"),
    kind: choice("Kind", "file", "folder"),
    media_type: text("Type"),
    size: of("Size", "number"),
    modified: of("Changed", "instant"),
    content: of("Content", "content"),
  },

  complete(fields) {
    const { name, path } = { name: fields["name"], path: fields["path"] };
    if (filled(name) || !filled(path)) return fields;
    return { ...fields, name: path.slice(path.lastIndexOf("/") + 1) };
  },

  title: firstFilled("path", "name"),
};
