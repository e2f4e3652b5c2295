export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Whether somebody with this role may do what needs that role. */
export const mayActAs = (has: Role, needs: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needs);

/** Who asks for an operation. Never taken from a payload a person can write. */
export type Actor =
  | { kind: "slack"; team: string; user: string }
  /** Whoever may read the master key on the machine itself. */
  | { kind: "terminal"; user: string }
  | { kind: "system" };

/** As stored with what they did: a Slack user id, a name at a terminal, or `Tieline`. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case "slack":
      return actor.user;
    case "terminal":
      return `${actor.user} (terminal)`;
    case "system":
      return "Tieline";
    default:
      return actor satisfies never;
  }
}
