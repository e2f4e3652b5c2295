import { createHash } from "node:crypto";
import type { Secret } from "#domain/connection.ts";
import { type ConnectionName, connectionName } from "#domain/ids.ts";
import type { Audit, AuditEntry, Grant, Groups, People } from "#domain/ports/people.ts";
import type { Job, Queue } from "#domain/ports/queue.ts";
import type { Invitations, Safe, Standing } from "#domain/ports/registry.ts";
import type { Apps, Begun, Client, SignIns } from "#domain/ports/sign-in.ts";
import type { Figures, FlowFigures, Settings, SettingsStore } from "#domain/ports/settings.ts";

export function memoryPeople(): People & { all: Grant[] } {
  const all: Grant[] = [];
  const place = ({ kind, id }: Grant["subject"]): number =>
    all.findIndex(({ subject }) => subject.kind === kind && subject.id === id);
  return {
    all,
    grants: () => Promise.resolve([...all]),
    async grant(grant) {
      const at = place(grant.subject);
      if (at >= 0) all[at] = grant;
      else all.push(grant);
    },
    async revoke(subject) {
      const at = place(subject);
      if (at >= 0) all.splice(at, 1);
      return at >= 0;
    },
    async claimFirstAdmin(user) {
      if (all.length > 0) return false;
      all.push({ subject: { kind: "user", id: user }, role: "admin" });
      return true;
    },
  };
}

export const memoryGroups = (members: Map<string, Set<string>>): Groups => ({
  async membersOf(group) {
    const found = members.get(group);
    if (found === undefined) throw new Error("Slack does not know this group");
    return found;
  },
});

export function memoryAudit(): Audit & { rows: AuditEntry[] } {
  const rows: AuditEntry[] = [];
  const hashOf = (entry: Omit<AuditEntry, "hash">): string =>
    createHash("sha256").update(JSON.stringify(entry)).digest("hex");
  return {
    rows,
    async append(entry) {
      const numbered = { ...entry, seq: rows.length + 1 };
      rows.push({ ...numbered, hash: hashOf(numbered) });
    },
    list: (limit) => Promise.resolve(rows.toReversed().slice(0, limit)),
    async verify() {
      const broken = rows.find(({ hash, ...entry }) => hashOf(entry) !== hash);
      return { rows: rows.length, broken: broken?.seq ?? null, head: rows.at(-1)?.hash ?? "" };
    },
  };
}

export function memoryQueue(): Queue & {
  jobs: Job[];
  entries: readonly { job: Job; cron: string; zone: string }[];
} {
  return {
    jobs: [],
    entries: [],
    async add(job) {
      this.jobs.push(job);
    },
    async schedule(entries) {
      this.entries = entries;
    },
  };
}

export function memorySettings(): SettingsStore {
  let settings: Settings = {
    channel: "#integrations",
    digest: { on: true, channel: null, time: "07:30", zone: "Europe/Paris" },
  };
  return {
    get: () => Promise.resolve(settings),
    async set(change) {
      settings = { ...settings, ...change };
    },
  };
}

export const fixedFigures = (rows: readonly FlowFigures[]): Figures => ({
  byFlow: () => Promise.resolve(rows),
  byDay: (from, to, zone) =>
    Promise.resolve([
      { flow: `${from} to ${to} in ${zone}`, day: "2026-11-23", records: 1, failures: 0 },
    ]),
});

const unknown: Standing = { expires: null, refused: null, account: null };

export function memorySafe(): Safe & {
  kept: Map<string, Secret>;
  standings: Map<string, Standing>;
} {
  const kept = new Map<string, Secret>();
  const standings = new Map<ConnectionName, Standing>();
  const standing = (connection: ConnectionName) => standings.get(connection) ?? unknown;
  const isEnding = ({ expires, refused }: Standing, before: Temporal.Instant): boolean =>
    refused !== null || (expires !== null && Temporal.Instant.compare(expires, before) <= 0);
  return {
    kept,
    standings,
    async keep(connection, { secret, expires }) {
      kept.set(connection, secret);
      standings.set(connection, { ...standing(connection), expires, refused: null });
    },
    has: (connection) => Promise.resolve(kept.has(connection)),
    async noteAccount(connection, account) {
      standings.set(connection, { ...standing(connection), account });
    },
    standing: (connection) => Promise.resolve(standing(connection)),
    ending: (before) =>
      Promise.resolve(
        [...standings]
          .filter(([, one]) => isEnding(one, before))
          .map(([name]) => connectionName(name)),
      ),
  };
}

export function memoryApps(): Apps & { kept: Map<string, Client> } {
  const kept = new Map<string, Client>();
  return {
    kept,
    async keep({ connector, baseUrl }, client) {
      kept.set(`${connector} ${baseUrl ?? ""}`, client);
    },
    find: ({ connector, baseUrl }) => Promise.resolve(kept.get(`${connector} ${baseUrl ?? ""}`)),
  };
}

/** `close`: ends the one-time page of this token. */
export function memorySignIns(close: (page: string) => void): SignIns & { ended: string[] } {
  type Open = Begun & {
    verifier: string;
    browser: string;
    page: string;
    expires: Temporal.Instant;
  };
  const open = new Map<string, Open>();
  const ended: string[] = [];
  let count = 0;
  return {
    ended,
    async begin(begun, { invitation, browser, expires }) {
      count += 1;
      const mark = {
        state: `state-${count}`,
        verifier: `verifier-${count}`,
        browser: browser ?? `browser-${count}-`.padEnd(43, "-"),
      };
      open.set(mark.state, { ...begun, ...mark, page: invitation, expires });
      return mark;
    },
    async take(state, browser, at) {
      const found = open.get(state);
      if (found === undefined) return undefined;
      for (const [other, { page }] of open) if (page === found.page) open.delete(other);
      if (Temporal.Instant.compare(found.expires, at) <= 0) return undefined;
      return { ...found, sameBrowser: browser === found.browser };
    },
    async done(page) {
      ended.push(page);
      close(page);
    },
  };
}

export function memoryInvitations(): Invitations & { close(token: string): void } {
  const open = new Map<string, { invited: Invited; expires: Temporal.Instant }>();
  type Invited = NonNullable<Awaited<ReturnType<Invitations["peek"]>>>;
  const look = (token: string, at: Temporal.Instant): Invited | undefined => {
    const found = open.get(token);
    const live = found && Temporal.Instant.compare(at, found.expires) < 0;
    return live ? found.invited : undefined;
  };
  return {
    async create(connection, user, expires) {
      const token = `token-number-${open.size + 1}-of-this-test`;
      open.set(token, { invited: { connection, user }, expires });
      return token;
    },
    close: (token) => void open.delete(token),
    peek: (token, at) => Promise.resolve(look(token, at)),
    async redeem(token, at) {
      const invited = look(token, at);
      open.delete(token);
      return invited;
    },
  };
}
