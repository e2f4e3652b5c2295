import { Mistake } from "#domain/errors.ts";
import type { OwnerWords } from "#operations/contract.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message } from "../message.ts";
import { lines, mrkdwn } from "../text/markup.ts";
import { ownersForm, ownersText, ownersTitle } from "../views/hub-owners.ts";
import { notice } from "../views/notice.ts";
import { closing, type Action, type Form, type Outcome, type Sent, type Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const change: Action = {
  id: "hub.owners",
  on: ({ value }) => ({
    kind: "opens",
    title: ownersTitle,
    async fill(at) {
      const [view] = (await at.do("hub.owners", { entity: value })).entities;
      return view === undefined
        ? notice(ownersTitle, [section(mrkdwn`The hub does not hold that any more.`)])
        : ownersForm(view);
    },
  }),
};

const save: Form = { id: "hub.set-owners", submit: saveWith };

async function saveWith({ meta, values }: Sent, at: At): Promise<Outcome> {
  const given = givenIn(values);
  if ("errors" in given) return { kind: "errors", errors: given.errors };
  try {
    const asked = { entity: metaText(meta, "entity"), version: Number(meta["version"]), ...given };
    const view = await at.do("hub.set-owners", asked);
    return closing(message([section(lines(mrkdwn`✓ Saved.`, ownersText(view)))]));
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { kind: "errors", errors: { [blockOf(error.message)]: error.message } };
  }
}

type Given = { owner: OwnerWords; fields: Readonly<Record<string, OwnerWords>> };

function givenIn(values: Values): Given | { errors: Record<string, string> } {
  const { rule = "newest", order = "", fields = "" } = values;
  const names = listIn(order);
  if (rule === "order" && names.length === 0)
    return { errors: { order: "Please name the connections, the one that counts most first." } };
  if (rule !== "order" && names.length > 0)
    return { errors: { order: "An order counts only where it is chosen above; please choose it, or empty this." } }; // prettier-ignore
  const lines = fields.split("\n").filter((line) => line.trim() !== "");
  const broken = lines.find((line) => !/^[^:]+:\s*\S/.test(line));
  if (broken !== undefined)
    return { errors: { fields: `“${broken.trim().slice(0, 60)}” is not a field with its rule, such as phone: newest.` } }; // prettier-ignore
  return {
    owner: rule === "order" ? names : rule,
    fields: Object.fromEntries(lines.map(fieldIn)),
  };
}

function fieldIn(line: string): [string, OwnerWords] {
  const [name = "", ...rest] = line.split(":");
  const words = rest.join(":").trim();
  return [name.trim(), words === "newest" || words === "filled" ? words : listIn(words)];
}

const listIn = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");

/** The gate's sentence begins with what it is about. */
const blockOf = (sentence: string): string => {
  if (!sentence.startsWith("owner:")) return /^[\w.]+:/.test(sentence) ? "fields" : "rule";
  return "order";
};

export default { actions: [change], forms: [save] } satisfies Noun;
