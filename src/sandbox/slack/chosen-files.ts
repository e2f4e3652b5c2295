import { interactiveElements } from "./block-ids.ts";
import { asFields, asList, type Block } from "./fields.ts";
import { SlackRefusal } from "./refusal.ts";
import type { User } from "./residents.ts";
import type { Slack } from "./slack.ts";
import type { StateValues } from "./state-values.ts";

/** Each file that is chosen in an input, with the input. */
const filesIn = (values: StateValues) =>
  Object.values(values)
    .flatMap((block) => Object.values(block))
    .filter(({ type }) => type === "file_input");

/** What the page names by id alone, as Slack shows it to the app; only files of whoever chose them. */
export function withFiles(values: StateValues, user: User, { files }: Slack): StateValues {
  for (const state of filesIn(values)) {
    state["files"] = asList(state["files"]).map((chosen) => {
      const file = files.get(String(asFields(chosen)["id"]));
      if (file?.user !== user.id) throw new SlackRefusal("file_not_found");
      return files.shown(file);
    });
  }
  return values;
}

/** The form is handed in, and its files with it. */
export function handFiles(values: StateValues, { files }: Slack): void {
  for (const state of filesIn(values))
    for (const file of asList(state["files"])) files.hand(String(asFields(file)["id"]));
}

/** An app that may not read files cannot ask for any (which error Slack gives is unverified). */
export function refuseFileInputs(blocks: unknown, { settings }: Slack): void {
  const asks = interactiveElements(asList(blocks) as Block[]).some(
    ({ element }) => element.type === "file_input",
  );
  const { scopes } = settings.app;
  if (asks && !scopes.includes("files:read"))
    throw new SlackRefusal("missing_scope", { needed: "files:read", provided: scopes.join(",") });
}
