import type { Collection, Shelf } from "../collection.ts";
import type { Fields } from "./fields.ts";
import { newId, newSecret } from "./names.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Workspace } from "./workspace.ts";

/**
 * `kind` says how far the upload has come: asked for, sent, or complete. Of a person's file it says
 * whether it was handed to the app with a form: before, the app does not see it.
 */
export type StoredFile = {
  id: string;
  /** Whose it is; none is the app's own. */
  user?: string;
  handed?: boolean;
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
  /** What a person uploads while they fill in a form. */
  put(user: string, name: string, content: Buffer): StoredFile;
  /** A canvas of the app's own, from Markdown. */
  canvas(title: string, markdown: string): StoredFile;
  /** The form it was chosen in is handed in: from now on the app sees it. */
  hand(id: string): void;
  /** What the app may read. */
  seenByApp(id: string): StoredFile | undefined;
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

const texts: Record<string, string> = {
  yaml: "text/plain",
  yml: "text/plain",
  txt: "text/plain",
  json: "text/plain",
};

/** Of each file of a form (docs.slack.dev, "File input element"). */
const mostHandedIn = 10 * 1024 * 1024;

export function openFiles(shelf: Shelf, workspace: Workspace, origin: () => string): Files {
  const files: Collection<StoredFile> = shelf.collection("files");
  const pageOf = (id: string) => `${origin()}/ui/files/${id}`;
  const urlOf = ({ id, name }: StoredFile) =>
    `${origin()}/files-pri/${workspace.team.id}-${id}/${encodeURIComponent(name.toLowerCase())}`;

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
    put(user, name, content) {
      if (content.length === 0) throw new SlackRefusal("file_empty");
      if (content.length > mostHandedIn) throw new SlackRefusal("file_too_large");
      const id = newId("F");
      const about = { id, user, name, title: name, alt_txt: "", ticket: newSecret() };
      const created = Math.floor(Date.now() / 1000);
      const stored = { size: content.length, content: content.toString("base64") };
      const file: StoredFile = { ...about, ...stored, created, kind: "complete" };
      files.set(id, file);
      return file;
    },
    canvas(title, markdown) {
      const id = newId("F");
      const content = Buffer.from(markdown);
      const about = { id, name: `${title}.canvas`, title, alt_txt: "", ticket: newSecret() };
      const created = Math.floor(Date.now() / 1000);
      const stored = { size: content.length, content: content.toString("base64") };
      const file: StoredFile = { ...about, ...stored, created, kind: "complete" };
      files.set(id, file);
      return file;
    },
    hand(id) {
      const file = files.get(id);
      if (file) files.set(id, { ...file, handed: true });
    },
    seenByApp(id) {
      const file = files.get(id);
      return file?.kind === "complete" && (file.user === undefined || file.handed === true)
        ? file
        : undefined;
    },
    get: (id) => files.get(id),
    isImage(idOrUrl) {
      const file = files.get(/(?:^|-)(F\w+)(?:\/[^/]*)?$/.exec(idOrUrl)?.[1] ?? "");
      return file?.kind === "complete" && imageType(file.name) !== undefined;
    },
    shown: (file) => ({
      id: file.id,
      created: file.created,
      timestamp: file.created,
      name: file.name,
      title: file.title,
      alt_txt: file.alt_txt,
      mimetype: isCanvas(file) ? canvasType.mimetype : mediaType(file.name),
      filetype: isCanvas(file) ? canvasType.filetype : extension(file.name),
      size: file.size,
      user: file.user ?? workspace.identity.bot_user_id,
      mode: "hosted",
      is_external: false,
      is_public: false,
      url_private: urlOf(file),
      url_private_download: urlOf(file),
      permalink: pageOf(file.id),
    }),
  };
}

/** As Slack has them; its own editor shows them, and our page their text. */
const canvasType = { mimetype: "application/vnd.slack-docs", filetype: "quip" };
export const isCanvas = ({ name }: Pick<StoredFile, "name">): boolean =>
  extension(name) === "canvas";

const mediaType = (name: string): string =>
  imageType(name) ?? texts[extension(name)] ?? "application/octet-stream";

/** What comes after the last dot, in small letters. */
export const extension = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** The media type when a browser may show it in place. */
export function imageType(name: string): string | undefined {
  return images[extension(name)];
}
