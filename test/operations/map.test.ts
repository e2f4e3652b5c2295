import { expect, test } from "vitest";
import type { FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { adviceText, patternText } from "#operations/map/advice.ts";
import { patternOf } from "#operations/map/pattern.ts";
import { mapSvg } from "#operations/map/svg.ts";
import { mapText } from "#operations/map/words.ts";
import { drawPicture } from "#slack/chart/draw.ts";
import { mapMessage } from "#slack/views/map.ts";
import { expectGoodMessage } from "../slack/support/limits.ts";
import { ask } from "../commands/ask.ts";
import { makeTerminal } from "../cli/terminal.ts";
import { makeRoom, viewer } from "./support/room.ts";

/** "a>b" is a flow, "a>b!" one that starts on events. */
const flows = (text: string) =>
  text.split(" ").flatMap((word) => {
    const [from, to = ""] = word.replace("!", "").split(">");
    return from ? [{ from: { connection: from }, to: { connection: to }, event: word.endsWith("!") }] : []; // prettier-ignore
  });

test.each([
  ["", "none", 0, 0, "No flow joins anything yet."],
  [
    "a>b",
    "point_to_point",
    2,
    1,
    "Point-to-point: the one flow goes straight from one tool to another.",
  ],
  [
    "a>b b>a a>c",
    "point_to_point",
    3,
    2,
    "Point-to-point: all 3 flows go straight from one tool to another.",
  ],
  [
    "a>hub hub>b c>hub!",
    "hub_and_spoke",
    3,
    0,
    "Hub-and-spoke: all 3 flows go through the hub, 1 of them on events.",
  ],
  [
    "base>a b>base base>c",
    "hub_and_spoke",
    3,
    0,
    "Hub-and-spoke: all 3 flows go through base, which is your hub.",
  ],
  [
    "a>b! b>c!",
    "event_driven",
    3,
    2,
    "Event-driven: all 2 flows start when a tool tells that something changed.",
  ],
  [
    "a>b! b>c",
    "mixed",
    3,
    2,
    "Mixed: of 2 flows, 2 straight from tool to tool; 1 of all start on events.",
  ],
  [
    "a>hub hub>b a>c",
    "mixed",
    3,
    1,
    "Mixed: of 3 flows, 2 through the hub and 1 straight from tool to tool.",
  ],
])("%s is %s", (text, kind, tools, pairs, sentence) => {
  const pattern = patternOf(flows(text));
  expect(pattern).toMatchObject({ kind, tools, pairs, allPairs: (tools * (tools - 1)) / 2 });
  expect(patternText(pattern)).toBe(sentence);
});

test.each([
  [
    "a>b",
    "2 tools joined each with each are 1 pair, through a hub 2 spokes. 1 pair is joined directly now. At this size direct flows are the simplest.",
  ],
  [
    "a>b c>d",
    "4 tools joined each with each are 6 pairs, through a hub 4 spokes. 2 pairs are joined directly now. That is fewer than the spokes, so direct flows are fine; from 4 pairs on a hub is fewer.",
  ],
  [
    "a>b b>c c>d d>e a>c",
    "5 tools joined each with each are 10 pairs, through a hub 5 spokes. 5 pairs are joined directly now. A hub would be fewer: move to it flow by flow, with 5 spokes in the end.",
  ],
  [
    "a>hub b>hub c>hub d>hub",
    "4 tools joined each with each are 6 pairs, through a hub 4 spokes. Staying with the hub is right for this size: the next tool is one spoke more, not 4 pairs.",
  ],
  [
    "a>hub hub>b",
    "2 tools joined each with each are 1 pair, through a hub 2 spokes. At this size direct flows would do as well; the hub pays off from the fourth tool on.",
  ],
  [
    "a>hub hub>b c>d",
    "4 tools joined each with each are 6 pairs, through a hub 4 spokes. 1 pair is joined directly now. It could go through the hub as well, with the spokes that are there.",
  ],
])("the size of %s advises with its own numbers", (text, advice) => {
  expect(adviceText(patternOf(flows(text)))).toBe(advice);
});

async function house() {
  const room = await makeRoom();
  const { world } = room;
  const between = (name: string, from: string, to: string): FlowPlan => ({
    ...room.flow,
    name: flowName(name),
    from: { connection: connectionName(from), object: "customer" },
    to: { connection: connectionName(to), object: "customer" },
  });
  const plans = [between("crm-to-hub", "crm", "hub"), between("hub-to-books", "hub", "books")];
  await world.registry.save({ connections: [], flows: plans });
  await room.perform("flows.pause", { flow: "customers-to-books" }, { kind: "system" });
  await world.incidents.raise(flowName("hub-to-books"), "SignInAgain", "No", room.clock.now()); // prettier-ignore
  return { ...room, map: await room.perform("flows.map", {}, viewer) };
}

test("the map holds every connection and flow, and says in words what is wrong", async () => {
  const { map } = await house();
  expect(map.places.map(({ name }) => name)).toEqual(expect.arrayContaining(["crm", "books", "hub"])); // prettier-ignore
  const said = mapText(map);
  for (const { name } of [...map.places, ...map.flows]) {
    expect(said).toContain(name);
    expect(map.svg.replaceAll("&#45;", "-")).toContain(name === "hub" ? "Hub" : name);
  }
  expect(map.svg).toMatch(/>paused</);
  expect(said).toContain("customers-to-books goes from crm/contacts to books/customers, paused.");
  expect(said).toMatch(/goes from .*, stopped\./);
  expect(map.pattern).toMatchObject({ kind: "mixed", center: "hub", throughCenter: 2, pairs: 1 });
});

test("the hub stands in the middle of the picture", async () => {
  const { map } = await house();
  const at = (label: string): number[] => {
    const found = new RegExp(`x="([-.\\d]+)" y="([-.\\d]+)"[^>]*>${label}<`).exec(map.svg);
    return [Number(found?.[1]), Number(found?.[2])];
  };
  const [hub, crm, books] = [at("Hub"), at("HubSpot"), at("QuickBooks")];
  expect(crm[0]).toBeLessThan(hub[0] ?? 0);
  expect(hub[0]).toBeLessThan(books[0] ?? 0);
});

test.each([
  "a>b",
  "a>hub b>hub",
  "hub>a hub>b",
  "a>hub a>b a>c",
  "a>hub b>hub a>c b>d",
  "a>hub b>hub hub>c hub>d",
  "a>hub b>hub hub>c d>e a>b",
])(
  "a picture of %s has its breadth: a tower would be shown small, and nobody could read it",
  async (text) => {
    const drawn = flows(text).map((flow, at) => ({
      ...{ name: `flow-${at}-of-theirs`, twoWay: false, trouble: null, open: 3 },
      ...{ from: { ...flow.from, object: "customers" }, to: { ...flow.to, object: "customers" } },
      ...{ event: flow.event, on: null },
    }));
    const names = new Set(drawn.flatMap(({ from, to }) => [from.connection, to.connection]));
    const places = [...names].map((name) => ({ name, title: name.toUpperCase(), trouble: null }));
    const svg = await mapSvg({ places, flows: drawn, pattern: patternOf(drawn) });
    const [, width, height] = /width="(\d+)pt" height="(\d+)pt"/.exec(svg) ?? [];
    expect(Number(width) / Number(height)).toBeGreaterThan(0.7);
    expect(Number(width)).toBeLessThan(1000);
  },
);

test("it is a picture with letters in it, on any machine, and a message that Slack takes", async () => {
  const { map } = await house();
  const message = mapMessage(map);
  expectGoodMessage(message);
  expect(message.picture).toMatchObject({ kind: "map", alt: mapText(map) });
  expect(message.text).toContain(mapText(map));
  const png = Buffer.from(await drawPicture({ kind: "map", svg: map.svg }));
  const bare = map.svg.replace(/<text[\s\S]*?<\/text>/g, "");
  const without = Buffer.from(await drawPicture({ kind: "map", svg: bare }));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(without.length * 1.3);
});

test("/sync map shows it to everybody, tieline map draws it for a file", async () => {
  const { map, ...room } = await house();
  const { seenBy, message } = await ask("/sync map", { "flows.map": map });
  expect(seenBy).toBe("everybody");
  expect(message?.picture?.kind).toBe("map");
  const terminal = await makeTerminal(room);
  const { code, out, err } = await terminal.type("map");
  expect(code).toBe(0);
  expect(out).toMatch(/^<\?xml[\s\S]*<\/svg>\s*$/);
  expect(err).toContain("Mixed: of 3 flows, 2 through the hub and 1 straight from tool to tool.");
  const json = JSON.parse((await terminal.type("map --json")).out) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(["pattern", "connections", "flows", "svg"]);
});

test("with nothing connected there is nothing to draw, and the words say so", async () => {
  const places: never[] = [];
  const message = mapMessage({ places, flows: [], pattern: patternOf([]), svg: "" });
  expectGoodMessage(message);
  expect(message.picture).toBeNull();
  expect(message.text).toContain("No flow joins anything yet.");
});
