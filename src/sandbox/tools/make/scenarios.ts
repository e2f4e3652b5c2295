import type { Collection, Shelf } from "../../collection.ts";

export const TEAM = 27;
export const ORGANIZATION = 21;
const USER = { id: 11, name: "Morgan Ellery", email: "automation@example.com" };

/** What a scenario does with what comes: takes it; fails at it; or posts it as an event to somebody. */
export type Does = "take" | "fail" | "post_event";

export type Scenario = {
  id: number;
  name: string;
  hookId: number | null;
  scheduling: "immediately" | "indefinitely" | "on-demand";
  isActive: boolean;
  /** It was switched off because of an error. */
  isinvalid: boolean;
  does: Does;
  /** Whether a failed run is kept as an incomplete execution. In Make that is off unless switched on. */
  keepsIncomplete: boolean;
  lastEdit: string;
  operations: number;
};

type Seed = Partial<Scenario> & Pick<Scenario, "id" | "name">;

const first: readonly Seed[] = [
  { id: 925_101, name: "Events to a spreadsheet", hookId: 301, does: "take" },
  {
    id: 925_102,
    name: "Orders to the warehouse",
    hookId: 302,
    does: "fail",
    keepsIncomplete: true,
  },
  { id: 925_103, name: "Invoices to the archive", hookId: 303, does: "fail" },
  { id: 925_104, name: "Form filled in, tell Tieline", scheduling: "on-demand", does: "post_event", keepsIncomplete: true }, // prettier-ignore
  { id: 925_105, name: "Events to the old archive", hookId: 304, isActive: false },
];

/** The scenarios of the team: five that others meet, and ones that run by themselves. */
export function openScenarios(shelf: Shelf, count: number): Collection<Scenario> {
  const kept = shelf.collection<Scenario>("scenarios");
  if (kept.size > 0) return kept;
  const others = Array.from({ length: Math.max(0, count - first.length) }, (_, n): Seed => {
    const name = `Weekly report ${String(n + 1)}`;
    return { id: 925_200 + n, name, scheduling: "indefinitely", isActive: n % 4 !== 3 };
  });
  for (const seed of [...first, ...others]) kept.set(String(seed.id), { ...USUAL, ...seed });
  return kept;
}

const USUAL: Omit<Scenario, "id" | "name"> = {
  hookId: null,
  scheduling: "immediately",
  isActive: true,
  isinvalid: false,
  does: "take",
  keepsIncomplete: false,
  lastEdit: "2026-08-13T13:27:45.109Z",
  operations: 0,
};

/** A scenario as the API tells it. Source: an answer recorded with Make's own SDK. */
export const shownScenario = (scenario: Scenario, dlqCount: number) => ({
  id: scenario.id,
  name: scenario.name,
  teamId: TEAM,
  hookId: scenario.hookId,
  deviceId: null,
  deviceScope: null,
  concept: false,
  description: "",
  folderId: null,
  isinvalid: scenario.isinvalid,
  islinked: true,
  isActive: scenario.isActive,
  islocked: false,
  isPaused: false,
  usedPackages: scenario.hookId === null ? ["http"] : ["gateway", "http"],
  lastEdit: scenario.lastEdit,
  scheduling: {
    type: scenario.scheduling,
    ...(scenario.scheduling === "indefinitely" && { interval: 900 }),
  },
  iswaiting: false,
  dlqCount,
  createdByUser: USER,
  updatedByUser: USER,
  nextExec: null,
  operations: scenario.operations,
  transfer: scenario.operations * 700,
  created: "2025-02-03T09:00:00.000Z",
});

export const authUser = {
  ...USER,
  language: "en",
  timezoneId: 113,
  localeId: 76,
  countryId: 57,
  features: { allow_apps: true },
  avatar: "https://www.gravatar.com/avatar/0",
  timezone: "Europe/Prague",
  locale: "en_US",
};
