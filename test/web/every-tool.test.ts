import { afterAll, describe, expect, test } from "vitest";
import { loadManifests } from "#connectors/manifest/load.ts";
import { tools } from "#sandbox/tools/index.ts";
import type { StartTool } from "#sandbox/tools/simulated-tool.ts";
import { folder } from "../connectors/world.ts";
import { admin } from "../operations/support/room.ts";
import { closeHouses, consentLink, house, signIn } from "./house.ts";

afterAll(closeHouses);

const { manifests } = await loadManifests([folder]);
const simulated = new Map<string, StartTool>(Object.entries(tools));
const throughBrowser = manifests.filter(
  ({ connector, auth }) =>
    simulated.has(connector) && Object.values(auth).some(({ kind }) => kind === "oauth2"),
);

/** A new connector is covered by existing, once the sandbox has its tool with a sign-in. */
describe.each(throughBrowser.map((manifest) => [manifest.title, manifest] as const))(
  "%s",
  (_title, manifest) => {
    test("is signed in to on its own page, and once more with the app that is known", async ({
      skip,
    }) => {
      const start = simulated.get(manifest.connector);
      await using tool = await start?.({ folder: null, limits: false });
      const oauth = tool?.oauth;
      if (tool === undefined || oauth == null) return skip("the sandbox has no such door");
      const home = await house(manifests);
      const add = { name: "mine", connector: manifest.connector, baseUrl: tool.base_url };
      const settings = Object.fromEntries(
        Object.entries(tool.settings).filter(([name]) => Object.hasOwn(manifest.settings, name)),
      );
      await home.perform("connections.add", { ...add, settings }, admin);

      for (const app of [{ id: oauth.client_id, secret: oauth.client_secret }, null]) {
        const { person, to, page } = await signIn(home, "mine", app);
        const consent = await person.go(to);
        const { html, status } = await person.go(consentLink(consent.html));
        // The first time, what nobody needs can be chosen as well; here nobody does.
        const [, token] = /#choose\.([\w-]+)/.exec(html) ?? [];
        if (token === undefined)
          expect([status, html]).toEqual([
            200,
            expect.stringContaining(`${manifest.title} is connected as “mine”`),
          ]);
        else
          expect(
            await person.post(new URL("/connect/choose", page), { token, values: {} }),
          ).toMatchObject({ status: 200, said: { note: null } });
      }
      const [mine] = (await home.perform("connections.list", {}, admin)).filter(
        ({ connection }) => connection.name === "mine",
      );
      expect(mine?.signedIn).toBe(true);
    });
  },
);
