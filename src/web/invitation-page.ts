import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Given, InvitationForm } from "#operations/connections/invitation.ts";
import type { Redeemed } from "#operations/connections/conclude.ts";
import type { BrowserMark } from "./browser-mark.ts";
import { json, type Route } from "./server.ts";

export type InvitationDesk = {
  /** Undefined when the link was used or has expired. Looking does not use it up. */
  look(token: string, choosing?: boolean): Promise<InvitationForm | undefined>;
  /** Keeps the values and looks at the connection live. @throws Mistake */
  give(
    token: string,
    values: Readonly<Record<string, string>>,
    ends: string | null,
  ): Promise<Given>;
  /** Keeps what was chosen after that. @throws Mistake */
  choose(token: string, values: Readonly<Record<string, string>>): Promise<Redeemed>;
  /** Begins a sign-in at the tool: where to go, and the mark for this browser. @throws Mistake */
  begin(asked: {
    token: string;
    way: string;
    client: { id: string; secret: string } | null;
    browser: string | null;
  }): Promise<{ to: string; browser: string }>;
};

const Token = z.string().min(20).max(200);
const Look = z.strictObject({ token: Token, choosing: z.boolean().optional() });
const Choose = z.strictObject({
  token: Token,
  values: z.record(z.string().max(64), z.string().max(500)),
});
const Give = z.strictObject({
  token: Token,
  values: z.record(z.string().max(64), z.string().max(8192)),
  ends: z.string().max(20).optional(),
});
const Begin = z.strictObject({
  token: Token,
  way: z.string().max(64),
  client: z
    .strictObject({
      id: z.string().trim().min(1).max(500),
      secret: z.string().trim().min(1).max(500),
    })
    .optional(),
});

const asset = (file: string): string =>
  readFileSync(new URL(`./invitation/${file}`, import.meta.url), "utf8");
const gone = "This link was used already or has expired. Ask for a new one in Slack.";
const incomplete = "Something is missing in what was sent.";

/**
 * The page on which a credential is given, so that it never passes through Slack. The token stands in
 * the address's fragment, which no server, proxy or link preview ever sees; opening the page uses
 * nothing up, giving the credential does.
 */
export function invitationRoutes(desk: InvitationDesk, mark: BrowserMark): Route[] {
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
    fixed("/connect/outcome.js", "text/javascript", "outcome.js"),
    {
      method: "POST",
      path: "/connect/look",
      async handle(body) {
        const asked = Look.safeParse(body);
        const form = asked.success
          ? await desk.look(asked.data.token, asked.data.choosing)
          : undefined;
        return form === undefined ? json(410, { error: gone }) : json(200, form);
      },
    },
    {
      method: "POST",
      path: "/connect/give",
      async handle(body) {
        const given = Give.safeParse(body);
        if (!given.success) return json(400, { error: incomplete });
        const { token, values, ends = null } = given.data;
        if ((await desk.look(token)) === undefined) return json(410, { error: gone });
        return json(200, await desk.give(token, values, ends));
      },
    },
    {
      method: "POST",
      path: "/connect/choose",
      async handle(body) {
        const chosen = Choose.safeParse(body);
        if (!chosen.success) return json(400, { error: incomplete });
        const { token, values } = chosen.data;
        if ((await desk.look(token)) === undefined) return json(410, { error: gone });
        return json(200, await desk.choose(token, values));
      },
    },
    {
      method: "POST",
      path: "/connect/begin",
      async handle(body, request) {
        const given = Begin.safeParse(body);
        if (!given.success) return json(400, { error: incomplete });
        const { token, way, client = null } = given.data;
        if ((await desk.look(token)) === undefined) return json(410, { error: gone });
        const begun = await desk.begin({ token, way, client, browser: mark.of(request) });
        return { ...json(200, { to: begun.to }), cookie: mark.set(begun.browser) };
      },
    },
  ];
}
