import { readFileSync } from "node:fs";
import { z } from "zod";
import type { InvitationForm, Redeemed } from "#operations/connections/invitation.ts";
import { json, type Route } from "./server.ts";

export type InvitationDesk = {
  /** Undefined when the link was used or has expired. Looking does not use it up. */
  look(token: string): Promise<InvitationForm | undefined>;
  /** Keeps the values and looks at the connection live. @throws Mistake */
  give(token: string, values: Readonly<Record<string, string>>): Promise<Redeemed>;
};

const Look = z.strictObject({ token: z.string().min(20).max(200) });
const Give = z.strictObject({
  token: z.string().min(20).max(200),
  values: z.record(z.string().max(64), z.string().max(8192)),
});

const asset = (file: string): string =>
  readFileSync(new URL(`./invitation/${file}`, import.meta.url), "utf8");
const gone = "This link was used already or has expired. Ask for a new one in Slack.";

/**
 * The page on which a credential is given, so that it never passes through Slack. The token stands in
 * the address's fragment, which no server, proxy or link preview ever sees; opening the page uses
 * nothing up, giving the credential does.
 */
export function invitationRoutes(desk: InvitationDesk): Route[] {
  const fixed = (path: string, type: string, file: string): Route => {
    const body = asset(file);
    return {
      method: "GET",
      path,
      handle: () => Promise.resolve({ status: 200, type: `${type}; charset=utf-8`, body }),
    };
  };
  return [
    fixed("/connect", "text/html", "page.html"),
    fixed("/connect/page.css", "text/css", "page.css"),
    fixed("/connect/page.js", "text/javascript", "page.js"),
    {
      method: "POST",
      path: "/connect/look",
      async handle(body) {
        const asked = Look.safeParse(body);
        const form = asked.success ? await desk.look(asked.data.token) : undefined;
        return form === undefined ? json(410, { error: gone }) : json(200, form);
      },
    },
    {
      method: "POST",
      path: "/connect/give",
      async handle(body) {
        const given = Give.safeParse(body);
        if (!given.success) return json(400, { error: "Something is missing in what was sent." });
        if ((await desk.look(given.data.token)) === undefined) return json(410, { error: gone });
        return json(200, await desk.give(given.data.token, given.data.values));
      },
    },
  ];
}
