import { MappingBroken, Unavailable } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import type { Place } from "../paging/paging.ts";
import type { Answer, Download, Line, Reply } from "../request/line.ts";
import type { Prepared } from "../request/prepare.ts";
import { joinTo } from "./join.ts";
import type { List } from "./list.ts";

/** The tool has forgotten the place in its list. */
export class ExpiredCursor extends Error {
  override readonly name = "ExpiredCursor";
}

/** Reads lists over a line, with the variables every request of the connection may use. */
export type Reader = {
  title: string;
  country: string | null;
  /**
   * One page; null where an error is ignored by the manifest.
   * @throws ExpiredCursor
   */
  page(list: List, place: Place, variables: Variables, signal: AbortSignal): Promise<Answer | null>;
  /** The same where what is asked for may not be there: null then too. */
  pageIfThere(
    list: List,
    place: Place,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Answer | null>;
  /** Any other request that only reads. */
  ask(
    make: (variables: Variables) => Prepared,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Answer | null>;
  /** A file's bytes from one on; null where it is not there. They throw NoAnswer where they break off. */
  open(
    make: (variables: Variables) => Prepared,
    variables: Variables,
    from: number,
    signal: AbortSignal,
  ): Promise<(Download & { ok: true }) | null>;
  /** How many records a list has; null where the tool does not say. */
  count(list: List | null, variables: Variables, signal: AbortSignal): Promise<number | null>;
};

export function openReader({
  title,
  country,
  line,
  shared,
  log,
}: {
  title: string;
  country: string | null;
  line: Line;
  /** Settings, columns and the API version. */
  shared: Variables;
  log: Log;
}): Reader {
  const answerTo = async (
    request: Prepared,
    signal: AbortSignal,
    missingIsFine = false,
  ): Promise<Answer | null> => {
    const reply = await line.read(request, signal);
    if (reply.ok) return reply.answer;
    if (reply.verdict.is === "missing" && missingIsFine) return null;
    if (reply.verdict.is === "expired_cursor") throw new ExpiredCursor(reply.verdict.message);
    if (reply.verdict.is !== "ignored") throw refusedList(title, reply);
    log.warn("a list was left out, as the connector says", {
      tool: title,
      status: reply.failure.status,
    });
    return null;
  };
  const requestFor = (list: List, place: Place, variables: Variables): Prepared =>
    list.request(place, {
      ...shared,
      size: list.size ?? undefined,
      ...variables,
      ...list.pager?.variables(place),
    });

  async function page(request: Prepared, list: List, signal: AbortSignal, missingIsFine = false) {
    const answer = await answerTo(request, signal, missingIsFine);
    if (answer !== null && list.joins.length > 0)
      await joinTo(list, answer, (make) =>
        Promise.all(make(shared).map((one) => answerTo(one, signal))),
      );
    return answer;
  }

  return {
    title,
    country,
    page: (list, place, variables, signal) =>
      page(requestFor(list, place, variables), list, signal),
    pageIfThere: (list, place, variables, signal) =>
      page(requestFor(list, place, variables), list, signal, true),
    ask: (make, variables, signal) => answerTo(make({ ...shared, ...variables }), signal),
    async open(make, variables, from, signal) {
      const request = make({ ...shared, ...variables });
      const range = from === 0 ? {} : { range: `bytes=${String(from)}-` };
      const headers = { ...request.headers, accept: "*/*", ...range };
      const reply = await line.open({ ...request, headers }, signal);
      if (reply.ok) return reply;
      if (reply.verdict.is === "missing") return null;
      throw new Unavailable(`${title} does not give the file: ${reply.verdict.message}`);
    },
    async count(list, variables, signal) {
      if (list?.count == null) return null;
      const answer = await answerTo(list.count({ ...shared, ...variables }), signal);
      return answer === null ? null : list.countAt(answer.body);
    },
  };
}

/** A list that is refused is refused for everybody: the setting or the connector is wrong. */
const refusedList = (title: string, reply: Reply & { ok: false }): MappingBroken =>
  new MappingBroken(`${title} refuses to list this: ${reply.verdict.message}`);
