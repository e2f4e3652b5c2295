import type { Collection, Shelf } from "../collection.ts";
import { newSecret } from "./names.ts";
import { SlackRefusal } from "./refusal.ts";

/** What a person did that lets the app open a modal: once, and for three seconds. */
export type Trigger = { user: string; at: number; used: boolean; view: string | null };

export type Triggers = {
  /** `view` is the modal in which it happened. */
  make(user: string, view?: string | null): string;
  /** Spends it. Refuses an unknown, a spent and an old one, each with Slack's code. */
  exchange(id: string): Trigger;
};

const forgetMs = 600_000;

export function openTriggers(
  shelf: Shelf,
  teamNumber: string,
  timings: { triggerMs: number },
): Triggers {
  const triggers = shelf.collection<Trigger>("triggers");
  return {
    make(user, view = null) {
      forgetOld(triggers);
      const id = `${Date.now()}.${teamNumber}.${newSecret()}`;
      triggers.set(id, { user, at: Date.now(), used: false, view });
      return id;
    },
    exchange(id) {
      const trigger = triggers.get(id);
      if (!trigger) throw new SlackRefusal("invalid_trigger_id");
      if (trigger.used) throw new SlackRefusal("exchanged_trigger_id");
      if (Date.now() - trigger.at > timings.triggerMs) throw new SlackRefusal("expired_trigger_id");
      triggers.set(id, { ...trigger, used: true });
      return trigger;
    },
  };
}

function forgetOld(triggers: Collection<Trigger>) {
  for (const [id, trigger] of [...triggers.entries()]) {
    if (Date.now() - trigger.at < forgetMs) return;
    triggers.delete(id);
  }
}
