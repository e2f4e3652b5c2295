import { refuseFileInputs } from "../chosen-files.ts";
import { isFields, type Fields } from "../fields.ts";
import { refuse } from "../problems.ts";
import { SlackRefusal } from "../refusal.ts";
import type { Slack } from "../slack.ts";
import { checkView } from "../validate-blocks.ts";
import type { ShownView } from "../views.ts";
import type { Arguments } from "./arguments.ts";
import type { Method, Methods } from "./method.ts";

const method: Omit<Method, "run"> = { token: "bot", scopes: [], tier: "tier 4" };
const mostBytes = 250_000;

export const viewMethods: Methods = {
  "views.open": {
    ...method,
    run(args, slack) {
      const view = viewOf(args, slack, "modal");
      const trigger = slack.triggers.exchange(args.need("trigger_id"));
      return { view: slack.views.open(trigger.user, view) };
    },
  },

  "views.push": {
    ...method,
    run(args, slack) {
      const view = viewOf(args, slack, "modal");
      const trigger = slack.triggers.exchange(args.need("trigger_id"));
      return { view: slack.views.push(trigger.user, view) };
    },
  },

  "views.update": {
    ...method,
    run(args, slack) {
      const body = viewOf(args, slack, "modal", "home");
      const external = args.text("external_id");
      const shown = external
        ? slack.views.findExternal(external)
        : slack.views.find(args.need("view_id"));
      if (!shown) throw new SlackRefusal("not_found");
      sameHash(args, shown);
      return { view: slack.views.update(shown, body) };
    },
  },

  "views.publish": {
    ...method,
    run(args, slack) {
      const body = viewOf(args, slack, "home");
      const user = args.need("user_id");
      if (!slack.workspace.person(user)) throw new SlackRefusal("user_not_found");
      const home = slack.views.home(user);
      if (home) sameHash(args, home);
      return { view: slack.views.publish(user, body) };
    },
  },
};

/** A view that Slack would take, or its refusal. */
export function checkedView(view: unknown, slack: Slack, ...types: string[]): Fields {
  if (!isFields(view)) throw new SlackRefusal("invalid_arguments");
  if (Buffer.byteLength(JSON.stringify(view)) > mostBytes) throw new SlackRefusal("view_too_large");
  const problems = checkView(view, slack.files.isImage);
  if (!types.includes(String(view["type"]))) {
    const constraint = types.join(", ");
    const message = `must be one of the allowed types: ${constraint}`;
    problems.push({ code: "invalid_type", message, field: "type", pointer: "/type", constraint });
  }
  if (problems.length > 0) refuse("invalid_arguments", problems, "/view");
  refuseFileInputs(view["blocks"], slack);
  return view;
}

function viewOf(args: Arguments, slack: Slack, ...types: string[]): Fields {
  return checkedView(args.json("view"), slack, ...types);
}

function sameHash(args: Arguments, { view }: ShownView) {
  const hash = args.text("hash");
  if (hash && hash !== view.hash) throw new SlackRefusal("hash_conflict");
}
