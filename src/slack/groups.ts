import type { Groups } from "#domain/ports/people.ts";
import type { Log } from "#domain/ports/world.ts";
import type { webApi } from "@slack/bolt";

const keptMs = 5 * 60_000;

/**
 * Who belongs to a Slack user group, looked up at most every five minutes. A group that cannot be read
 * (it is gone, or the plan has none) has nobody in it.
 */
export function makeGroups(
  client: webApi.WebClient,
  now: () => Temporal.Instant,
  log: Log,
): Groups {
  const kept = new Map<string, { at: number; members: Promise<ReadonlySet<string>> }>();

  const read = async (group: string): Promise<ReadonlySet<string>> => {
    try {
      const { users } = await client.usergroups.users.list({ usergroup: group });
      return new Set(users);
    } catch (error) {
      kept.delete(group);
      log.warn("a Slack user group cannot be read", { group, error: String(error) });
      return new Set();
    }
  };

  return {
    membersOf(group) {
      const at = now().epochMilliseconds;
      const known = kept.get(group);
      if (known && at - known.at < keptMs) return known.members;
      const members = read(group);
      kept.set(group, { at, members });
      return members;
    },
  };
}
