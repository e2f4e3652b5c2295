import { section } from "#slack/blocks.ts";
import { takes, verb, type Command } from "#slack/command/command.ts";
import { toAsker } from "#slack/message.ts";
import { channelText, mrkdwn } from "#slack/text/markup.ts";
import { digestMessage } from "#slack/views/digest.ts";

const now = verb({
  verb: "now",
  also: ["show", "today"],
  params: {},
  summary: "Shows the digest here, now.",
  example: "now",
  role: "viewer",
  async run(_args, at) {
    return { kind: "public", message: digestMessage(await at.do("digest.show", {})) };
  },
});

const set = verb({
  verb: "set",
  also: ["at", "daily", "on"],
  params: { channel: takes.channel, time: takes.time, zone: takes.zone },
  summary: "Says where and when it comes each day. What you leave out stays as it is.",
  example: "set #integrations 08:00 Europe/Paris",
  role: "operator",
  async run({ channel, time, zone }, at) {
    const { channel: usual, digest } = await at.do("digest.set", {
      ...(channel === undefined ? {} : { channel }),
      ...(time === undefined ? {} : { time }),
      ...(zone === undefined ? {} : { zone }),
    });
    const where = channelText(digest.channel ?? usual);
    return toAsker([
      section(mrkdwn`The digest comes to ${where} each day at ${digest.time} (${digest.zone}).`),
    ]);
  },
});

const off = verb({
  verb: "off",
  also: ["stop", "disable"],
  params: {},
  summary: "Stops the daily digest. Failure cards still come.",
  example: "off",
  role: "operator",
  async run(_args, at) {
    await at.do("digest.off", {});
    return toAsker([
      section(
        mrkdwn`The digest is off. \`/digest set\` turns it on again; \`/digest now\` always shows it.`,
      ),
    ]);
  },
});

export default {
  name: "/digest",
  about: "How everything went, once a day",
  without: null,
  verbs: [now, set, off],
} satisfies Command;
