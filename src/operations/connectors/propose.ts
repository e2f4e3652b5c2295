import { Mistake } from "#domain/errors.ts";
import { hubName } from "#domain/hub.ts";
import { z } from "zod";
import { findApproval } from "../approvals/deciding.ts";
import { draft, inPerson } from "../approvals/request.ts";
import { connectorView } from "../approvals/view.ts";
import { line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { changeKind, type Change } from "./change.ts";
import { inUse } from "./in-use.ts";
import { pastedKeys } from "./pasted-keys.ts";

export const connectorsPropose = operation("connectors.propose", {
  title: "Registering a connector",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    text: z.string().describe("the text of a manifest"),
    note: optional(line("a line of at most 200 characters", 200)),
  }),
  told: ({ text }) => ({ characters: text.length }),

  async run({ text, note = "" }, { world, actor, by, at }) {
    inPerson(actor);
    const judged = world.tools.judge(text);
    if (judged.kind === "wrong") return judged;
    const keys = pastedKeys(text);
    if (keys.length > 0) return { kind: "wrong", problems: keys };

    const { name: connector, title } = judged.facts;
    if (connector === hubName)
      throw new Mistake(`${hubName} is the name of our own database; please choose another one.`);
    const now = await inUse(world, connector);
    if (now.hash === world.hash(text))
      throw new Mistake(
        `This is version ${now.version} of ${title}, letter for letter; it is in use already.`,
      );
    const what: Change = { connector, base: now.version, to: { text, note } };
    const id = await draft(
      world,
      { kind: changeKind, subject: connector, what },
      { actor, by, at },
    );
    return { kind: "ready", draft: await connectorView(world, await findApproval(world, id)) };
  },
});
