import { expect, test } from "vitest";
import { sql } from "#store/drizzle.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, crm, noon } from "./examples.ts";

const entry = (n: number) =>
  ({
    at: noon.add({ nanoseconds: n * 1_234_567 }),
    actor: `U${n}`,
    operation: "runs.start",
    input: `{"flow":"a","odd":"\0 | \n é"}`,
    outcome: n % 2 === 0 ? "done" : "refused",
    detail: "",
  }) as const;

export function peopleContract(withStore: WithStore): void {
  test("one of all who claim it becomes the first admin", () =>
    withStore(async ({ people }) => {
      const users = Array.from({ length: 8 }, (_, n) => `U${n}`);
      const won = await Promise.all(users.map((user) => people.claimFirstAdmin(user)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await people.grants()).toHaveLength(1);
    }));

  test("roles are given, changed and taken away", () =>
    withStore(async ({ people }) => {
      const subject = { kind: "group", id: "S1" } as const;
      await people.grant({ subject, role: "viewer" });
      await people.grant({ subject, role: "operator" });
      expect(await people.claimFirstAdmin("U1")).toBe(false);
      expect(await people.grants()).toEqual([{ subject, role: "operator" }]);
      expect(await people.revoke(subject)).toBe(true);
      expect(await people.revoke(subject)).toBe(false);
    }));

  test("eight who write the audit at once make one chain", () =>
    withStore(async ({ audit }) => {
      expect(await audit.verify()).toEqual({ rows: 0, broken: null, head: "" });
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 10; n += 1) await audit.append(entry(writer * 10 + n));
      });
      await Promise.all(writers);
      const [newest] = await audit.list(1);
      expect(newest?.seq).toBe(80);
      expect(await audit.verify()).toEqual({ rows: 80, broken: null, head: newest?.hash });
    }));

  test("the database itself refuses to change the audit", () =>
    withStore(async ({ audit }, db) => {
      await audit.append(entry(1));
      for (const change of [
        sql`update audit set actor = 'U9'`,
        sql`delete from audit`,
        sql`truncate audit`,
      ]) {
        await expect(db.rows(change)).rejects.toThrow("only ever added");
      }
      expect((await audit.verify()).broken).toBeNull();
    }));

  const tampered: [string, ReturnType<typeof sql>, number][] = [
    ["a row that was edited", sql`update audit set actor = 'U9' where seq = 3`, 3],
    ["a row that was taken out", sql`delete from audit where seq = 3`, 3],
    ["rows cut off the end", sql`delete from audit where seq > 4`, 5],
    [
      "two rows whose content changed places",
      sql`update audit a set actor = b.actor, at = b.at from audit b where a.seq + b.seq = 9 and a.seq in (4, 5)`,
      4,
    ],
    [
      "a row that was put in",
      sql`insert into audit select 7, at, actor, operation, input, outcome, detail, hash from audit where seq = 6`,
      7,
    ],
  ];
  test.each(tampered)("the audit names %s", (_, change, broken) =>
    withStore(async ({ audit }, db) => {
      for (let n = 1; n <= 6; n += 1) await audit.append(entry(n));
      await db.rows(sql`alter table audit disable trigger user`);
      await db.rows(change);
      expect((await audit.verify()).broken).toBe(broken);
    }),
  );

  test("an invitation opens its page once, until it expires", () =>
    withStore(async ({ invitations }, db) => {
      const token = await invitations.create(crm.name, "U1", at("12:10:00"));
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(await db.rows(sql`select * from invitations`))).not.toContain(token);
      const invited = { connection: crm.name, user: "U1" };
      expect(await invitations.peek(token, noon)).toEqual(invited);
      expect(await invitations.peek("another", noon)).toBeUndefined();
      const redeemed = await Promise.all([1, 2, 3].map(() => invitations.redeem(token, noon)));
      expect(redeemed.filter((one) => one !== undefined)).toEqual([invited]);

      const late = await invitations.create(crm.name, "U1", at("12:10:00"));
      expect(await invitations.redeem(late, at("12:10:00"))).toBeUndefined();
    }));
}
