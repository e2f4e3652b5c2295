import type { Inbox, InboxEnd, Kept, Told } from "#domain/ports/inbox.ts";

/** Events in memory, as the store keeps them. */
export function memoryInbox(now: () => Temporal.Instant): Inbox & { all: (Told & InboxEnd)[] } {
  const all: (Told & InboxEnd & { came: Temporal.Instant; late: boolean })[] = [];
  const of = ({ connection, object }: InboxEnd) =>
    all.filter((one) => one.connection === connection && one.object === object && !one.late);
  const newest = (end: InboxEnd) => {
    const last = new Map(of(end).map((one) => [one.record, one]));
    return all.filter((one) => last.get(one.record) === one);
  };
  const after = (end: InboxEnd, mark: unknown) =>
    newest(end).filter((one) => all.indexOf(one) >= Number(mark ?? 0));
  const toKept = ({ record, gone, content, at, came }: (typeof all)[number]): Kept => ({
    record,
    gone,
    content,
    at: at ?? came,
  });

  return {
    all,
    async keep(end, events) {
      const before = all.length;
      for (const told of events) {
        const again = all.some(
          (one) =>
            one.event !== null && one.event === told.event && one.connection === end.connection && one.object === end.object, // prettier-ignore
        );
        if (again) continue;
        const late = of(end).some(
          ({ record, at }) =>
            record === told.record && at !== null && told.at !== null && Temporal.Instant.compare(at, told.at) > 0, // prettier-ignore
        );
        all.push({ ...told, ...end, came: now(), late });
      }
      return all.length - before;
    },
    async after(end, mark, limit) {
      const found = after(end, mark).slice(0, limit);
      const last = found.at(-1);
      return {
        records: found.map(toKept),
        mark: last === undefined ? (mark ?? 0) : all.indexOf(last) + 1,
      };
    },
    count: (end, mark) => Promise.resolve(after(end, mark).length),
    newest: (end, records) =>
      Promise.resolve(
        newest(end)
          .filter(({ record }) => records.includes(record))
          .map(toKept),
      ),
  };
}
