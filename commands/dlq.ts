import { button, actions, section } from "#slack/blocks.ts";
import { needs, takes, verb, type Command } from "#slack/command/command.ts";
import { toAsker } from "#slack/message.ts";
import { many } from "#slack/text/amount.ts";
import { mrkdwn } from "#slack/text/markup.ts";
import { letterList } from "#slack/views/letters.ts";
import { inspectModal } from "#slack/views/inspect.ts";
import { notice } from "#slack/views/notice.ts";
import { pickFlow } from "#slack/views/pick-flow.ts";
import { planAnswer } from "#slack/views/retry-plan.ts";
import { retrying } from "#slack/views/retrying.ts";
import { few } from "#operations/letters/contract.ts";
import { namePattern } from "#domain/ids.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (target: string): boolean => uuid.test(target) || !namePattern.test(target);

const list = verb({
  verb: "list",
  also: ["ls", "open", "status"],
  params: { flow: takes.flow },
  summary: "Shows the records that could not be written, by cause.",
  example: "list customers-to-books",
  role: "viewer",
  async run({ flow }, at) {
    const about = flow === undefined ? {} : { flow };
    const [found, incidents] = await Promise.all([
      at.do("letters.list", { ...about, limit: 15 }),
      at.do("incidents.list", about),
    ]);
    return { kind: "private", message: letterList(found, incidents, flow ?? null, at.now()) };
  },
});

const show = verb({
  verb: "show",
  also: ["inspect", "view"],
  params: { id: needs.id },
  summary: "Shows one record: what the tool said, and how to put it right.",
  example: "show 0195f3c2-7d31-7c44-9a61-2f8e5b7d1c30",
  role: "operator",
  form: {
    title: "Inspect",
    always: true,
    async fill({ id }, at) {
      if (id !== undefined) return inspectModal(await at.do("letters.show", { letter: id }));
      const first = (await at.do("letters.list", { limit: 1 })).letters[0];
      if (!first) return notice("Inspect", [section(mrkdwn`✓ Nothing is open.`)]);
      return inspectModal(await at.do("letters.show", { letter: first.letter.id }));
    },
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const retry = verb({
  verb: "retry",
  also: ["again", "resend"],
  params: { target: needs.target },
  summary: "Tries a record again, or all that is open in a flow.",
  example: "retry customers-to-books",
  role: "operator",
  form: {
    title: "Retry",
    fill: async (_args, at) =>
      pickFlow(
        { id: "flow.retry", title: "Retry", submit: "Retry all" },
        (await at.do("flows.list", {})).filter(({ openLetters }) => openLetters > 0),
      ),
  },
  async run({ target }, at) {
    const what = isId(target) ? { letters: [target] } : { flow: target };
    if (!isId(target)) {
      const plan = await at.do("letters.plan", { flow: target });
      if (plan.records > few) return toAsker(planAnswer(plan));
    }
    const outcome = await at.do("letters.retry", what);
    const { undecided } = outcome;
    const more =
      undecided === 0
        ? []
        : [
            section(
              mrkdwn`${many(undecided, "record")} may have been written already and ${undecided === 1 ? "is" : "are"} left out: look at the tool, then retry one by one.`,
            ),
          ];
    return toAsker([section(retrying(outcome, isId(target) ? "this record" : target)), ...more]);
  },
});

const discard = verb({
  verb: "discard",
  also: ["drop", "ignore"],
  params: { id: needs.id, reason: needs.reason },
  summary: "Leaves a record out until its content changes. The reason is kept.",
  example: "discard 0195f3c2-7d31-7c44-9a61-2f8e5b7d1c30 test data",
  role: "operator",
  async run({ id, reason }, at) {
    const { discarded } = await at.do("letters.discard", { letters: [id], reason });
    return toAsker([
      section(mrkdwn`${many(discarded, "record")} discarded: ${reason}`),
      actions(button("What is still open", "command.run", "/dlq list")),
    ]);
  },
});

export default {
  name: "/dlq",
  about: "Records that could not be written, and what to do about them",
  without: "list",
  verbs: [list, show, retry, discard],
} satisfies Command;
