import { Mistake } from "#domain/errors.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { toAsker, type Modal, type Reply } from "../message.ts";
import { lines, mrkdwn } from "../text/markup.ts";
import { askedOf } from "../views/approvers.ts";
import { fileBlock, registerForm, registerTitle, reviewForm } from "../views/connector-form.ts";
import { connectorVersions } from "../views/connector-versions.ts";
import { notice } from "../views/notice.ts";
import type { Action, Form, Outcome, Sent, Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const register: Action = {
  id: "connector.register",
  on: () => ({
    kind: "opens",
    title: registerTitle,
    async fill(at) {
      await at.do("connectors.list", {});
      return registerForm();
    },
  }),
};

const versions: Action = {
  id: "connector.versions",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) => ({
      kind: "private",
      message: connectorVersions(await at.do("connectors.versions", { connector: value })),
    }),
  }),
};

/** `<connector> <version>` */
const use: Action = {
  id: "connector.use",
  on: ({ value }) => {
    const [connector = "", version = ""] = value.split(" ");
    return { kind: "does", run: (at) => goTo(connector, Number(version), at) };
  },
};

async function goTo(connector: string, version: number, at: At): Promise<Reply> {
  const done = await at.do("connectors.use", { connector, version });
  if (done.kind === "asked")
    return toAsker([
      section(
        mrkdwn`Version ${version} of *${connector}* asks for more than the one in use, so a second admin has to agree. ${askedOf(done.request)}`,
      ),
    ]);
  return toAsker([
    section(
      lines(
        mrkdwn`✓ Version ${version} of *${connector}* is in use.`,
        ...done.stops.slice(0, 8).map((stop) => mrkdwn`● ${stop}`),
      ),
    ),
  ]);
}

const remove: Action = {
  id: "connector.remove",
  on: ({ value }) => ({
    kind: "does",
    async run(at) {
      const { connector } = await at.do("connectors.remove", { connector: value });
      return toAsker([
        section(
          mrkdwn`*${connector}* is out of the catalogue. Its versions are kept: \`/connector versions ${connector}\``,
        ),
      ]);
    },
  }),
};

const propose: Form = { id: "connector.register", submit: proposeWith };

async function proposeWith({ meta, values }: Sent, at: At): Promise<Outcome> {
  const round = Number(meta["round"] ?? 1);
  const given = givenIn(values, round);
  if ("errors" in given) return given;
  const { file, pasted, note } = given;
  try {
    const text = pasted ?? (await at.file(file)).text;
    return { kind: "modal", modal: await judged(text, note, round, at) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return wrong(pasted === null ? fileBlock(round) : "text", error.message);
  }
}

type Given = { file: string; pasted: string | null; note: string };

function givenIn(values: Values, round: number): Given | Extract<Outcome, { kind: "errors" }> {
  const { [fileBlock(round)]: file = "", text = "", note = "" } = values;
  const pasted = text.trim() === "" ? null : text;
  if (file === "" && pasted === null)
    return wrong(fileBlock(round), "Please hand in a file, or paste its text below.");
  if (file !== "" && pasted !== null)
    return wrong("text", "There is a file above already: please give one of the two.");
  return { file, pasted, note: note.trim() };
}

async function judged(text: string, note: string, round: number, at: At): Promise<Modal> {
  const proposed = await at.do("connectors.propose", { text, ...(note === "" ? {} : { note }) });
  return proposed.kind === "wrong"
    ? registerForm(round + 1, { problems: proposed.problems, text })
    : reviewForm(proposed.draft);
}

const wrong = (block: string, message: string): Extract<Outcome, { kind: "errors" }> => ({
  kind: "errors",
  errors: { [block]: message },
});

const ask: Form = {
  id: "connector.ask",
  async submit({ meta }, at) {
    const chosen = { approval: metaText(meta, "approval"), hash: metaText(meta, "hash") };
    const request = await at.do("approvals.ask", chosen);
    const blocks = [
      section(mrkdwn`◔ *${request.about.title}* waits for a second admin. ${askedOf(request)}`),
      section(mrkdwn`You are told when somebody has decided.`),
    ];
    return { kind: "modal", modal: notice(registerTitle, blocks) };
  },
};

export default {
  actions: [register, versions, use, remove],
  forms: [propose, ask],
} satisfies Noun;
