import { authOf } from "../../auth/index.ts";
import { saidByUs } from "../../auth/oauth2-options.ts";
import { unknown } from "../nearest.ts";
import { finding, type Rule } from "./rule.ts";

/** A credential tells which way of signing in it is for, and what a sign-in brings has its place. */
export const waysOfSigningIn: Rule = function* ({ auth, settings }) {
  const seen = new Map<string, string>();
  for (const [name, options] of Object.entries(auth)) {
    const needed = authOf(options)
      .fields.filter(({ optional }) => !optional)
      .map((field) => field.name);
    const same = seen.get(needed.toSorted().join(", "));
    if (same !== undefined)
      yield finding(["auth", name, "kind"], `It takes the same values as ${same} (${needed.join(", ")}), so nobody could tell which one a credential is for`); // prettier-ignore
    seen.set(needed.toSorted().join(", "), name);
    if (options.kind !== "oauth2") continue;
    for (const said of Object.keys(options.authorize_query).filter((one) => saidByUs.includes(one)))
      yield finding(["auth", name, "authorize_query", said], `${said} is not said here: we say it ourselves, and check what comes back by it`); // prettier-ignore
    for (const [from, setting] of Object.entries(options.callback))
      if (!Object.hasOwn(settings, setting))
        yield finding(["auth", name, "callback", from], unknown("The setting", setting, Object.keys(settings))); // prettier-ignore
  }
};
