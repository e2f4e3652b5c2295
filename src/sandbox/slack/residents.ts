export type User = {
  id: string;
  name: string;
  real_name: string;
  title: string;
  email: string;
  tz: string;
  color: string;
  deleted: boolean;
  is_bot: boolean;
  is_admin: boolean;
};

export type Channel = {
  id: string;
  name: string;
  purpose: string;
  is_private: boolean;
  kind: "channel" | "im";
  members: string[];
  /** The person on the other side of a direct message. */
  with: string | null;
};

export type UserGroup = {
  id: string;
  handle: string;
  name: string;
  description: string;
  users: string[];
};
