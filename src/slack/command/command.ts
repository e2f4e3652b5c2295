import type { Role } from "#domain/actor.ts";
import type { At } from "../at.ts";
import type { Modal, Reply } from "../message.ts";

/** How a word of a line is recognised, wherever it stands. */
export type Takes =
  /** The next word that is nothing else: a flow, an id, a name. */
  | "name"
  /** This very word, or not. */
  | "flag"
  /** All that is left, as it was written. */
  | "rest"
  | "channel"
  | "time"
  | "zone"
  | "subject"
  | "role";

export type Param = {
  takes: Takes;
  /** As it stands in help: `FLOW`, `full`, `HH:MM`. */
  label: string;
  optional: boolean;
};

export type Params = Readonly<Record<string, Param>>;
export type Args<P extends Params> = {
  readonly [Name in keyof P]: P[Name]["optional"] extends true ? string | undefined : string;
};

/** One thing a command can do. Parser, help and usage hint are all made from this. */
export type VerbOf<P extends Params> = {
  verb: string;
  /** Other words people use for it. */
  also?: readonly string[];
  params: P;
  summary: string;
  /** A line that works as it stands, without the command's name. */
  example: string;
  role: Role;
  /** Opened when something needed is missing. */
  form?: {
    title: string;
    /** Opened whatever is given: what is given only fills it in. */
    always?: true;
    fill(args: Partial<Args<P>>, at: At): Promise<Modal>;
  };
  run(args: Args<P>, at: At): Promise<Reply>;
};
export type Verb = VerbOf<Params>;

/** Keeps the names and kinds of a verb's arguments known to the compiler. */
// Methods compare their parameters both ways, so a verb with named arguments is a `Verb`.
export const verb = <const P extends Params>(of: VerbOf<P>): Verb => of;

export type Command = {
  name: `/${string}`;
  about: string;
  /** What a line without a verb means: `/sync customers-to-books`. */
  without: string | null;
  /** Its help is that of all commands. */
  helpsWithAll?: true;
  verbs: readonly Verb[];
};

const param = (takes: Takes, label: string) => ({ takes, label, optional: false }) as const;
const maybe = (takes: Takes, label: string) => ({ takes, label, optional: true }) as const;

export const needs = {
  flow: param("name", "FLOW"),
  target: param("name", "FLOW|ID"),
  id: param("name", "ID"),
  name: param("name", "NAME"),
  reason: param("rest", "reason…"),
};
export const takes = {
  flow: maybe("name", "FLOW"),
  name: maybe("name", "NAME"),
  reason: maybe("rest", "reason"),
  channel: maybe("channel", "#channel"),
  time: maybe("time", "HH:MM"),
  zone: maybe("zone", "zone"),
  subject: maybe("subject", "@user|@group"),
  role: maybe("role", "ROLE"),
  flag: (word: string) => maybe("flag", word),
};

/** `FLOW [full]`: how a verb's arguments stand in help and in usage hints. */
export const argumentsText = (of: Verb): string =>
  Object.values(of.params)
    .map(({ label, optional }) => (optional ? `[${label}]` : label))
    .join(" ");

/** What Slack shows while a command is typed; at most 1,000 characters. */
export const usageHint = (command: Command): string =>
  [...command.verbs.map((of) => `${of.verb} ${argumentsText(of)}`.trim()), "help"].join(" | ");
