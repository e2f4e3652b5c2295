import { answerTo } from "./answers.ts";
import type { Fields } from "./fields.ts";
import { asEntities, asEscaped } from "./mentions.ts";
import { channelNameFor, failureOf, type Outcome } from "./payloads.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Command } from "./settings.ts";
import type { Slack } from "./slack.ts";
import type { Channel, User } from "./residents.ts";
import { tell } from "./slackbot.ts";

/** Runs a line that begins with "/": one of Slack's own commands, or one of the app's. */
export async function runCommand(
  user: User,
  channel: Channel,
  line: string,
  slack: Slack,
): Promise<Outcome> {
  const [, name = "", text = ""] = /^(\/\S*)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
  if (name === "/invite" || name === "/remove") {
    return inviteOrRemove(name, user, channel, text, slack);
  }
  const command = slack.settings.app.commands.find((known) => known.command === name);
  if (!command) {
    const error = `${name} is not a valid command.`;
    tell(user, channel, `${error} Type / to see those there are.`, slack);
    return { ok: false, error };
  }
  return sendCommand(command, user, channel, text, slack);
}

async function sendCommand(
  command: Command,
  user: User,
  channel: Channel,
  text: string,
  slack: Slack,
): Promise<Outcome> {
  const { workspace, responseUrls, triggers, carrier } = slack;
  const { identity, team } = workspace;
  const place = { user: user.id, channel: channel.id, message: null, thread: null };
  const payload: Fields = {
    token: identity.verification_token,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelNameFor(channel),
    user_id: user.id,
    user_name: user.name,
    command: command.command,
    text: command.should_escape ? asEscaped(text, workspace) : asEntities(text),
    api_app_id: identity.app_id,
    is_enterprise_install: "false",
    response_url: responseUrls.make(place),
    trigger_id: triggers.make(user.id),
  };
  const receipt = await carrier.send("slash_commands", payload);
  const error = failureOf(receipt);
  if (error !== undefined) {
    tell(user, channel, `${command.command} failed with the error "${error}"`, slack);
    return { ok: false, error };
  }
  if (receipt.kind !== "acknowledged" || Object.keys(receipt.answer).length === 0) {
    return { ok: true };
  }
  return answerCommand(command, user, channel, receipt.answer, slack);
}

function answerCommand(
  { command }: Command,
  user: User,
  channel: Channel,
  answer: Fields,
  slack: Slack,
): Outcome {
  const place = { user: user.id, channel: channel.id, message: null, thread: null };
  try {
    answerTo(place, answer, slack);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    slack.statistics.refused(`answer to ${command}`, error.code, error.beside);
    tell(user, channel, `${command} failed with the error "${error.code}"`, slack);
    return { ok: false, error: error.code };
  }
}

function inviteOrRemove(
  name: string,
  user: User,
  channel: Channel,
  text: string,
  slack: Slack,
): Outcome {
  const { workspace, messages, events } = slack;
  const wanted = text.replace(/^@/, "").trim().toLowerCase();
  const guest = workspace
    .users()
    .find(({ name: short, real_name }) => [short, real_name.toLowerCase()].includes(wanted));
  if (!guest || guest.deleted || channel.kind === "im") {
    const error = guest ? "That cannot be done here." : `There is nobody called "${text}".`;
    tell(user, channel, error, slack);
    return { ok: false, error };
  }
  const inviting = name === "/invite";
  if (inviting) workspace.join(channel, guest.id);
  else workspace.leave(channel, guest.id);
  const done = inviting ? "was added to" : "was removed from";
  messages.post({
    channel: channel.id,
    user: guest.id,
    text: `${done} #${channel.name} by ${user.real_name}.`,
  });
  if (inviting) {
    events.send({
      type: "member_joined_channel",
      user: guest.id,
      channel: channel.id,
      channel_type: channel.is_private ? "G" : "C",
      team: workspace.team.id,
      inviter: user.id,
      event_ts: messages.nextTs(),
    });
  }
  return { ok: true };
}
