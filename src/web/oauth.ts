import { Mistake } from "#domain/errors.ts";
import type { Redeemed } from "#operations/connections/conclude.ts";
import type { BrowserMark } from "./browser-mark.ts";
import { outcomePage } from "./outcome-page.ts";
import type { Answer, Route } from "./server.ts";

/** Finishes a sign-in. @throws Mistake one sentence that says what to do */
export type Finish = (back: {
  connector: string;
  browser: string | null;
  answered: Readonly<Record<string, string>>;
}) => Promise<Redeemed & { title: string; connection: string }>;

/** A code or a realm is never longer. */
const longest = 4096;

/** Where tools send the browser back to, each to an address of its own. */
export const oauthRoute = (finish: Finish, mark: BrowserMark): Route => ({
  method: "GET",
  path: /\/oauth\/[a-z][a-z0-9-]{1,30}\/callback/,
  async handle(_body, request) {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const [, , connector = ""] = pathname.split("/");
    const answered = answeredIn(searchParams);
    if (answered === null)
      return problem(400, "There is nothing to finish here. Begin with the link from Slack.");
    try {
      return shown(await finish({ connector, browser: mark.of(request), answered }));
    } catch (error) {
      if (error instanceof Mistake) return problem(422, error.message);
      throw error;
    }
  },
});

/** Null where it is no answer to a sign-in: a parameter twice, or none of ours. */
function answeredIn(query: URLSearchParams): Record<string, string> | null {
  const names = [...query.keys()];
  const sound =
    query.get("state") !== null &&
    new Set(names).size === names.length &&
    [...query.values()].every((value) => value.length <= longest);
  return sound ? Object.fromEntries(query) : null;
}

function shown(finished: Awaited<ReturnType<Finish>>): Answer {
  const { title, connection } = finished;
  if ("problem" in finished)
    return outcomePage(200, {
      title: "Kept, but it does not work yet",
      text: `${finished.problem} Ask for a new link in Slack to try again.`,
      bad: true,
    });
  if ("choose" in finished)
    return outcomePage(200, {
      title: `${title} has let Tieline in`,
      text: `One more thing for “${connection}”: choose what it works with there.`,
      bad: false,
      next: { label: "Choose", href: `/connect#choose.${finished.choose}` },
    });
  const may = finished.can.length === 0 ? "" : ` It may ${finished.can.join(", ")}.`;
  return outcomePage(200, {
    title: `${title} is connected as “${connection}”`,
    text: `It works: account ${finished.account}.${may} ${finished.note ?? ""} You can close this page and go back to Slack.`,
    bad: finished.note !== null,
  });
}

const problem = (status: number, text: string): Answer =>
  outcomePage(status, { title: "Not connected", text, bad: true });
