import { Mistake } from "#domain/errors.ts";
import { SlackRefused, type SlackApi } from "./client.ts";

export type Canvas = { link: string | null };

/** Makes a canvas in a channel. @throws Mistake saying why this workspace has none */
export async function makeCanvas(
  api: Pick<SlackApi, "canvas">,
  channel: string | null,
  { title, markdown, instead }: { title: string; markdown: string; instead: string },
): Promise<Canvas> {
  if (channel === null)
    throw new Mistake(`A canvas stands in a channel: ask for it in one. ${instead}`);
  try {
    return await api.canvas(channel, title, markdown);
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    throw new Mistake(`${why(error.code)} ${instead}`);
  }
}

/** Slack's own errors of canvases.create, and what they are to a person. */
const reasons: Readonly<Record<string, string>> = {
  missing_scope:
    "My Slack app may not make canvases: it needs the scope canvases:write, as in manifests/slack.yaml.",
  canvas_disabled_user_team: "Canvases are switched off in this workspace.",
  free_teams_cannot_create_non_tabbed_canvases:
    "On Slack's free plan a canvas is made in a channel only.",
  restricted_action: "An admin of this workspace has restricted who makes canvases.",
  channel_not_found: "I am not in this channel: type `/invite @Tieline` here first.",
  not_in_channel: "I am not in this channel: type `/invite @Tieline` here first.",
};

const why = (code: string): string => reasons[code] ?? `Slack could not make the canvas (${code}).`;
