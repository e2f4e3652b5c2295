import type { Collection, Shelf } from "../collection.ts";
import type { Fields } from "./fields.ts";
import { newId, newSecret } from "./names.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Workspace } from "./workspace.ts";

/** `kind` says how far the upload has come: asked for, sent, or complete. */
export type StoredFile = {
  id: string;
  kind: "asked" | "sent" | "complete";
  name: string;
  title: string;
  alt_txt: string;
  created: number;
  size: number;
  ticket: string;
  /** Base64. */
  content: string;
};

export type Files = {
  ask(name: string, size: number, altText: string): { id: string; upload_url: string };
  /** Takes what is posted to the upload URL. */
  receive(ticket: string, content: Buffer): StoredFile;
  complete(id: string, title: string | undefined): StoredFile;
  get(id: string): StoredFile | undefined;
  /** Whether an image block may show it, by id or by its `url_private`. */
  isImage(idOrUrl: string): boolean;
  shown(file: StoredFile): Fields;
};

const images: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
};

export function openFiles(shelf: Shelf, workspace: Workspace, origin: () => string): Files {
  const files: Collection<StoredFile> = shelf.collection("files");
  const urlOf = (id: string) => `${origin()}/ui/files/${id}`;

  return {
    ask(name, size, altText) {
      const id = newId("F");
      const ticket = newSecret();
      const created = Math.floor(Date.now() / 1000);
      const empty = { title: name, alt_txt: altText, content: "", kind: "asked" } as const;
      files.set(id, { id, name, created, size, ticket, ...empty });
      return { id, upload_url: `${origin()}/upload/v1/${ticket}` };
    },
    receive(ticket, content) {
      const file = [...files.values()].find((asked) => asked.ticket === ticket);
      if (!file || file.kind !== "asked") throw new SlackRefusal("file_not_found");
      const sent: StoredFile = {
        ...file,
        kind: "sent",
        size: content.length,
        content: content.toString("base64"),
      };
      files.set(file.id, sent);
      return sent;
    },
    complete(id, title) {
      const file = files.get(id);
      if (!file || file.kind === "asked") throw new SlackRefusal("file_not_found");
      const complete: StoredFile = { ...file, kind: "complete", title: title ?? file.title };
      files.set(id, complete);
      return complete;
    },
    get: (id) => files.get(id),
    isImage(idOrUrl) {
      const file = files.get(idOrUrl.slice(idOrUrl.lastIndexOf("/") + 1));
      return file?.kind === "complete" && imageType(file.name) !== undefined;
    },
    shown: (file) => ({
      id: file.id,
      created: file.created,
      timestamp: file.created,
      name: file.name,
      title: file.title,
      alt_txt: file.alt_txt,
      mimetype: imageType(file.name) ?? "application/octet-stream",
      filetype: extension(file.name),
      size: file.size,
      user: workspace.identity.bot_user_id,
      mode: "hosted",
      is_external: false,
      is_public: false,
      url_private: urlOf(file.id),
      url_private_download: urlOf(file.id),
      permalink: urlOf(file.id),
    }),
  };
}

const extension = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** The media type when a browser may show it in place. */
export function imageType(name: string): string | undefined {
  return images[extension(name)];
}
