import { section } from "#slack/blocks.ts";
import { takes, verb, type Command } from "#slack/command/command.ts";
import { toAsker } from "#slack/message.ts";
import { mrkdwn, subjectText } from "#slack/text/markup.ts";
import { auditMessage } from "#slack/views/audit.ts";
import { healthMessage } from "#slack/views/health.ts";
import { rolesMessage } from "#slack/views/roles.ts";

const health = verb({
  verb: "health",
  also: ["status", "ping", "version"],
  params: {},
  summary: "Says whether Tieline itself is well: database, queue, Slack, connections.",
  example: "health",
  role: "viewer",
  async run(_args, at) {
    return { kind: "private", message: healthMessage(await at.do("health", {})) };
  },
});

const roles = verb({
  verb: "roles",
  also: ["role", "grant", "people"],
  params: { subject: takes.subject, role: takes.role },
  summary:
    "Shows who may do what, or gives a person or a group a role: viewer, operator, admin or none.",
  example: "roles @ravi operator",
  role: "viewer",
  async run({ subject, role }, at) {
    if (subject !== undefined && role !== undefined) {
      await at.do("people.grant", { subject, role: roleFrom(role) });
      return toAsker([
        section(
          role === "none"
            ? mrkdwn`${subjectText(subject)} has no role of their own any more.`
            : mrkdwn`${subjectText(subject)} is ${role} now.`,
        ),
      ]);
    }
    if (subject !== undefined || role !== undefined)
      return toAsker([
        section(
          mrkdwn`Please give both, such as \`/tieline roles @ravi operator\`. Roles are viewer, operator, admin and none.`,
        ),
      ]);
    const { grants, admins } = await at.do("people.list", {});
    return { kind: "private", message: rolesMessage(grants, admins) };
  },
});

const roleFrom = (role: string): "viewer" | "operator" | "admin" | "none" =>
  role === "viewer" || role === "operator" || role === "admin" ? role : "none";

const audit = verb({
  verb: "audit",
  also: ["log", "history"],
  params: {},
  summary: "Shows who did what, and whether the log is as it was written.",
  example: "audit",
  role: "admin",
  async run(_args, at) {
    return { kind: "private", message: auditMessage(await at.do("audit.list", { limit: 20 })) };
  },
});

export default {
  name: "/tieline",
  about: "Help, health, roles and the audit log",
  without: null,
  helpsWithAll: true,
  verbs: [health, roles, audit],
} satisfies Command;
