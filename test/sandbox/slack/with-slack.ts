import { App, LogLevel } from "@slack/bolt";
import { startSlack, type RunningSlack, type SlackOptions } from "#sandbox/slack/start-slack.ts";
import type { Block, Fields } from "#sandbox/slack/fields.ts";

export const olivia = "U024BE7LH";
export const ravi = "U024BE8RM";
export const integrations = "C024BE8LT";
export const general = "C024BE7LR";
export const finance = "C024BE9LV";

export const everyScope = [
  ...["commands", "chat:write", "app_mentions:read", "files:write", "files:read"],
  ...[
    "users:read",
    "usergroups:read",
    "channels:read",
    "groups:read",
    "im:read",
    "im:write",
    "im:history",
    "channels:join",
  ],
];

export const settings: SlackOptions = {
  folder: null,
  app: {
    name: "Tieline",
    commands: [
      { command: "/sync", description: "Run a flow", usage_hint: "[flow]" },
      { command: "/ask", description: "Ask", usage_hint: "", should_escape: true },
    ],
    scopes: everyScope,
    events: ["app_mention", "app_home_opened", "message.im", "member_joined_channel"],
  },
  limits: { messagesPerSecond: Infinity, tiers: false },
};

export type ShownMessage = Fields & { ts: string; user: string; text: string; blocks?: Block[] };
export type ShownView = Fields & { id: string; hash: string; blocks: Block[] };
export type Seen = Fields & {
  version: number;
  messages: Record<string, ShownMessage[]>;
  modals: ShownView[];
  home: ShownView | null;
  channels: { id: string; name: string; kind: string; bot_is_member: boolean }[];
};

/** A simulated Slack for one test, and somebody who sits before its page. */
export async function withSlack(options: Partial<SlackOptions> = {}) {
  const slack = await startSlack({ ...settings, ...options });
  return { slack, page: pageOf(slack), [Symbol.asyncDispose]: slack[Symbol.asyncDispose] };
}

export function pageOf(slack: RunningSlack, user = olivia) {
  const post = async (path: string, body: Fields): Promise<Fields> => {
    const response = await fetch(slack.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Fields;
  };
  const sees = async (): Promise<Seen> =>
    (await (await fetch(`${slack.url}/ui/state?user=${user}`)).json()) as Seen;
  return {
    post,
    sees,
    types: (text: string, channel = integrations) =>
      post(text.startsWith("/") ? "/ui/command" : "/ui/message", { user, channel, text }),
    clicks: (container: Fields, action: Fields, values: Fields = {}) =>
      post("/ui/action", { user, container, action, values }),
    submits: (view_id: string, values: Fields) => post("/ui/submit", { user, view_id, values }),
    closes: (view_id: string) => post("/ui/close", { user, view_id }),
    /** A file chosen in a form. */
    async chooses(name: string, content: string): Promise<Fields> {
      const query = new URLSearchParams({ user, name });
      const about = { method: "POST", body: content };
      const response = await fetch(`${slack.url}/ui/files?${query.toString()}`, about);
      return (await response.json()) as Fields;
    },
    opensHome: () => post("/ui/home", { user }),
    control: (body: Fields) => post("/_control", body),
    messages: async (channel = integrations) => (await sees()).messages[channel] ?? [],
    async stats(): Promise<Fields> {
      return (await (await fetch(`${slack.url}/_stats`)).json()) as Fields;
    },
    /** Looks until `look` finds something; fails after two seconds. */
    async finds<Found>(look: (seen: Seen) => Found | undefined | null | false): Promise<Found> {
      for (let n = 0; n < 100; n++) {
        const found = look(await sees());
        if (found !== undefined && found !== null && found !== false) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`Not seen: ${String(look)}`);
    },
  };
}

/** The real Bolt app, on Socket Mode. `listen` adds the listeners before it starts. */
export async function withBolt(slack: RunningSlack, listen: (app: App) => void) {
  const app = new App({
    token: slack.bot_token,
    appToken: slack.app_token,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.api_url },
  });
  listen(app);
  await app.start();
  return { app, [Symbol.asyncDispose]: async () => void (await app.stop()) };
}

type Answer = Fields & {
  ok: boolean;
  error?: string;
  status: number;
  retryAfter: string | null;
};

/** A call of the Web API; the answer with its HTTP status. */
export function callerOf(slack: RunningSlack, token: string | null = slack.bot_token) {
  return async (method: string, args: Fields = {}) => {
    const response = await fetch(slack.api_url + method, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(args),
    });
    const { headers, status } = response;
    const body = (await response.json()) as Fields & { ok: boolean; error?: string };
    const answer: Answer = { ...body, status, retryAfter: headers.get("retry-after") };
    return answer;
  };
}
