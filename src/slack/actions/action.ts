import type { At } from "../at.ts";
import type { Message, Meta, Modal, Reply } from "../message.ts";

/** What a form holds: the value of each input by its block id. */
export type Values = Readonly<Record<string, string>>;

/** A click on a button, an overflow or a select. */
export type Click = {
  value: string;
  /** The modal it was in, if it was in one. */
  view: { meta: Meta; values: Values } | null;
};

/** What a click does. Known at once, so that a modal opens before anything is looked up. */
export type Deed =
  /** Opens a modal, over the one that is open if there is one. */
  | { kind: "opens"; title: string; fill(at: At): Promise<Modal> }
  /** Turns the page of the modal it is in. */
  | { kind: "turns"; fill(at: At): Promise<Modal> }
  | { kind: "does"; run(at: At): Promise<Reply> };

export type Action = { id: string; on(click: Click): Deed };

/** A form that was handed in. */
export type Sent = { meta: Meta; values: Values };

export type Outcome =
  /** What is wrong, by block id; the form stays as it is. */
  | { kind: "errors"; errors: Readonly<Record<string, string>> }
  | { kind: "modal"; modal: Modal }
  /** Something longer: this is shown until the next is there. */
  | { kind: "meanwhile"; modal: Modal; after(): Promise<Modal> }
  /** All modals close; what there is to say is said in the conversation. */
  | { kind: "closes"; message: Message | null };

export type Form = {
  /** `<noun>.<verb>`: the callback id of its modal. */
  id: string;
  submit(sent: Sent, at: At): Promise<Outcome>;
};

export const closing = (message: Message): Outcome => ({ kind: "closes", message });
