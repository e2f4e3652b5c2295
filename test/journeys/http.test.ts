import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { signed } from "../slack/support/http.ts";
import { emptyFolder, startTieline } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { outsideWorld, post } from "../support/sandbox.ts";

const flow = "customers-to-books";

test("with a signing secret Slack comes by HTTP, and nobody else does", async () => {
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  const { SLACK_APP_TOKEN: _, ...env } = world.env;
  const port = String(await freePort());
  const secret = world.slack.signing_secret;
  await using bot = startTieline(["start"], {
    ...env,
    SLACK_SIGNING_SECRET: secret,
    TIELINE_DIR: join(folder.path, "bot"),
    PORT: port,
  });
  await bot.printed(/has not run yet/);
  const door = `http://127.0.0.1:${port}/slack/events`;
  const control = (levers: unknown) => post(new URL("/_control", world.page), levers);
  await control({ request_url: door });
  expect(await control({ verify_url: true })).toMatchObject({ ok: true, verify_url: true });

  // A command, a button, a form.
  const olivia = personAt(world.page);
  await olivia.hears("integrations", /^Started/, () =>
    olivia.type("integrations", `/sync run ${flow}`),
  );
  const card = await olivia.message("integrations", /is not a phone number/);
  await olivia.press(card, "Inspect");
  await olivia.submit(await olivia.modal(/call reception/), { Phone: "+33 1 70 18 99 00" });
  await olivia.modal(/Written/);
  await olivia.becomes(card, /^✓ \*Fixed\*/);

  const health = await fetch(`http://127.0.0.1:${port}/health`);
  expect([health.status, await health.json()]).toEqual([200, { ok: true }]);

  const body = JSON.stringify({ type: "url_verification", challenge: "tell me" });
  const knock = (headers: Record<string, string>) =>
    fetch(door, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
  const now = Math.floor(Date.now() / 1000);
  const good = signed(secret, body, String(now));
  expect(await (await knock(good)).json()).toEqual({ challenge: "tell me" });
  const refused: Record<string, Record<string, string>> = {
    "no signature": {},
    "another secret": signed("another secret", body, String(now)),
    "another body": signed(secret, `${body} `, String(now)),
    "an empty signature": { ...good, "x-slack-signature": "" },
    "no version": { ...good, "x-slack-signature": good["x-slack-signature"]?.slice(3) ?? "" },
    "ten minutes ago": signed(secret, body, String(now - 600)),
    "in ten minutes": signed(secret, body, String(now + 600)),
  };
  for (const [what, headers] of Object.entries(refused)) {
    const answer = await knock(headers);
    expect(answer.status, what).toBe(401);
    expect(await answer.text(), what).not.toContain("tell me");
  }
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
