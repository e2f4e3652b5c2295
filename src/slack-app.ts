import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

/** As far as a workspace it is installed in needs to know it; Slack's own schema says the rest. */
const Manifest = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    slash_commands: z.array(
      z.object({
        command: z.string(),
        description: z.string(),
        usage_hint: z.string(),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.object({
    scopes: z.object({
      bot: z.array(z.string()),
      /** What a workspace may leave out when it installs the app. */
      bot_optional: z.array(z.string()).default([]),
    }),
  }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** The Slack app that a manifest describes. @throws when it cannot be read or is none */
export async function readSlackApp(file: string) {
  const manifest = Manifest.parse(parse(await readFile(file, "utf8")));
  const { scopes } = manifest.oauth_config;
  return {
    name: manifest.display_information.name,
    commands: manifest.features.slash_commands,
    scopes: [...scopes.bot, ...scopes.bot_optional],
    events: manifest.settings.event_subscriptions.bot_events,
  };
}
