import type { Settings, SettingsStore } from "#domain/ports/settings.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { settings } from "./tables/settings.ts";
import { only } from "./written.ts";

/** Until somebody changes it. */
const initial: Settings = {
  channel: "#integrations",
  digest: { on: true, channel: null, time: "09:00", zone: "UTC" },
};

export const settingsIn = ({ orm }: Database): SettingsStore => ({
  async get() {
    const [row] = await orm.select().from(settings);
    return { ...initial, ...row?.changed };
  },

  async set(changed) {
    only(
      await orm
        .insert(settings)
        .values({ id: "workspace", changed })
        .onConflictDoUpdate({
          target: settings.id,
          set: { changed: sql`${settings.changed} || excluded.changed` },
        })
        .returning({ id: settings.id }),
      "settings",
    );
  },
});
