import type { Receipt } from "./delivery.ts";
import type { Fields } from "./fields.ts";
import type { Slack } from "./slack.ts";
import type { Channel, User } from "./residents.ts";

/** What the page is told about something a person did. */
export type Outcome = { ok: true } | { ok: false; error: string };

/** The members that every interaction payload has. */
export function interaction({ workspace }: Slack, type: string, user: User): Fields {
  const { team, identity } = workspace;
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: identity.app_id,
    token: identity.verification_token,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelNameFor({ kind, is_private, name }: Channel): string {
  if (kind === "im") return "directmessage";
  return is_private ? "privategroup" : name;
}

/** Slack's word for an app that did not answer. */
export function failureOf(receipt: Receipt): string | undefined {
  switch (receipt.kind) {
    case "acknowledged":
      return undefined;
    case "late":
      return "operation_timeout";
    case "unreachable":
      return "dispatch_failed";
  }
  receipt satisfies never;
}
