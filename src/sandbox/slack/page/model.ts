import type { Block, TextObject } from "./blocks/model.ts";

export type User = {
  id: string;
  name: string;
  real_name: string;
  is_bot?: boolean;
  deleted?: boolean;
  tz: string;
  /** Six hexadecimal digits. */
  color?: string;
  profile?: { display_name?: string; title?: string };
};

export type Channel = {
  id: string;
  name: string;
  purpose: string;
  is_private: boolean;
  kind: "channel" | "im";
  bot_is_member: boolean;
};

export type UserGroup = { id: string; handle: string; name: string; users?: string[] };
export type Command = { command: string; description: string; usage_hint: string };
export type SharedFile = { id: string; name?: string; title?: string; mimetype?: string };

export type Message = {
  ts: string;
  channel: string;
  user: string;
  bot_id?: string;
  text: string;
  blocks?: Block[];
  files?: SharedFile[];
  thread_ts?: string;
  edited?: unknown;
  ephemeral?: boolean;
  reply_count?: number;
};

export type View = {
  id: string;
  hash: string;
  type: "modal" | "home";
  title?: TextObject;
  submit?: TextObject | null;
  close?: TextObject | null;
  blocks: Block[];
  callback_id?: string;
  errors?: Record<string, string>;
  error?: string;
  busy?: boolean;
};

/** All that one person sees of the simulated workspace, as `GET /ui/state` answers it. */
export type Workspace = {
  version: number;
  team: { id: string; name: string };
  me: User;
  users: User[];
  usergroups: UserGroup[];
  channels: Channel[];
  commands: Command[];
  app: { id: string; name: string; bot_user_id: string; connected: boolean };
  messages: Record<string, Message[]>;
  home: View | null;
  modals: View[];
  tools: { name: string; url: string }[];
};

/** Where a block stands; sent along with every click. */
export type Container =
  | { kind: "message"; channel: string; ts: string }
  | { kind: "view"; view_id: string }
  | { kind: "home" };

/** The name a person goes by in messages. */
export function displayName(user: User): string {
  return user.profile?.display_name || user.real_name || user.name;
}
