import type { Actor } from "#domain/actor.ts";
import { NotAllowed } from "#domain/errors.ts";

/** What we ask Slack about somebody. */
export type People = {
  users: { info(about: { user: string }): Promise<{ user?: Member }> };
};
export type Member = {
  id?: string;
  team_id?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
};

/** Who Slack says it is; from the signed envelope, never from anything a person can write. */
export type Caller = { team: string | undefined; user: string | undefined };

export type Door = { admit(caller: Caller): Promise<Extract<Actor, { kind: "slack" }>> };

const keptMs = 5 * 60_000;

/**
 * Lets in full members of our own workspace. Guests, bots and people from other workspaces who share
 * a channel with us are turned away, whatever role somebody gave them.
 */
export function makeDoor(client: People, ourTeam: () => string, now: () => Temporal.Instant): Door {
  const known = new Map<string, { at: number; refusal: string | null }>();

  const look = async (user: string): Promise<string | null> => {
    const { user: about } = await client.users.info({ user });
    if (!about || about.deleted) return "This account is deactivated.";
    if (about.is_bot && about.id !== "USLACKBOT") return "Bots cannot run Tieline.";
    if (about.is_restricted || about.is_ultra_restricted)
      return "Guests cannot run Tieline. Please ask a member of the workspace.";
    const stranger = about.is_stranger || (about.team_id ?? ourTeam()) !== ourTeam();
    return stranger ? "Only members of this workspace can run Tieline here." : null;
  };

  return {
    async admit({ team, user }) {
      if (user === undefined || team !== ourTeam())
        throw new NotAllowed("Only members of this workspace can run Tieline here.");
      const at = now().epochMilliseconds;
      let entry = known.get(user);
      if (!entry || at - entry.at > keptMs) {
        entry = { at, refusal: await look(user) };
        known.set(user, entry);
      }
      if (entry.refusal !== null) throw new NotAllowed(entry.refusal);
      return { kind: "slack", team, user };
    },
  };
}
