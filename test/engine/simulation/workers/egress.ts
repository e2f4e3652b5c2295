import { Readable } from "node:stream";
import type { Egress, Incoming, Outgoing } from "#connectors/egress.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";
import type { SeededChance } from "../../../support/memory/chance.ts";
import { type Around, networkFaults, type NetworkFault } from "../faults/network.ts";
import type { Row } from "../faults/matrix.ts";
import { makeSlow, type Slowness } from "../faults/slow.ts";
import { answer, type Asked, askedBy, refusal } from "../outside/answers.ts";
import type { Outside, Place } from "../outside/outside.ts";

/** How rough the way to the tools is: the share of requests to which something happens. */
export type NetWeather = { rate: number; slowness: Slowness };

type Parts = {
  outside: Outside;
  clock: FakeClock;
  chance: SeededChance;
  weather: NetWeather;
  trace: (line: string) => void;
  /** Whether anybody reads what is traced of each request. */
  traced: boolean;
  /** The worker dies where it is. */
  crash(): void;
};

/** A worker's way to the tools, in memory, with all that can happen on it. Each request takes its time. */
export function makeSimEgress(
  worker: number,
  { outside, clock, chance, weather, trace, traced, crash }: Parts,
): Egress {
  const slow = makeSlow({ clock, slowness: weather.slowness, noted: befalls, crash });
  const fits = (fault: NetworkFault, around: Around): boolean =>
    fault.at.includes(around.asked.what) && fault.fits?.(around) !== false;

  function drawn(around: Around): NetworkFault | null {
    if (!chance.happens(weather.rate)) return null;
    const able = networkFaults.flatMap((fault) => fits(fault, around) ? Array.from({ length: fault.weight ?? 1 }, () => fault) : []); // prettier-ignore
    return able[chance.whole(able.length)] ?? null;
  }

  function befalls(row: Row): void {
    trace(`${row} befalls worker ${String(worker)}`);
    outside.noted(row);
  }

  async function exchange(request: Outgoing): Promise<Incoming> {
    const asked = askedBy(request);
    const place = outside.at(new URL(request.url).host);
    outside.watch.sent(worker, place, asked);
    await clock.sleep(5 + chance.whole(120), request.signal);
    const given = await answered(asked, place, request.signal);
    outside.watch.answered(worker, place, asked, given);
    if (traced) trace(`worker ${String(worker)} ${request.method} ${request.url} ${textOf(request.body)} > ${String(given.status)} ${given.body.toString().slice(0, 600)}`); // prettier-ignore
    return { ...given, headers: { date: new Date(place.tool.now()).toUTCString(), ...given.headers } }; // prettier-ignore
  }

  async function answered(asked: Asked, place: Place, signal: AbortSignal): Promise<Incoming> {
    const around: Around = {
      asked,
      chance,
      tool: place.tool,
      signIn: place.signIn,
      crash,
      pass: (ms) => clock.sleep(ms, signal),
      touch: () => outside.touch(place, asked.object),
      remove: (id) => outside.remove(place, asked.object, id),
    };
    const late = slow(asked, place, signal, () => served(asked, place));
    if (late !== null) return late;
    const fault = drawn(around);
    const happened = (): void => {
      if (fault !== null) befalls(fault.row);
    };
    if (fault !== null && "instead" in fault) {
      happened();
      return fault.instead(around);
    }
    if (fault !== null && "meanwhile" in fault && fault.meanwhile(around)) happened();
    const given = served(asked, place);
    if (fault === null || !("after" in fault)) return given;
    try {
      const changed = await fault.after(given, around);
      if (changed !== null) happened();
      return changed ?? given;
    } catch (error) {
      happened();
      throw error;
    }
  }

  function served(asked: Asked, { tool, signIn }: Place): Incoming {
    if (asked.what === "token") return signIn.renew(asked.body);
    if (!signIn.takes(asked.headers["authorization"])) return answer(401, { error: { code: "EXPIRED_TOKEN" } }); // prettier-ignore
    if (asked.what !== "download") return tool.answer(asked);
    const row = tool.rows.of("files").get(asked.id ?? "");
    if (row === undefined || row.deleted || row.bytes === null) return refusal(404, "GONE");
    return { status: 200, headers: {}, body: row.bytes };
  }

  return {
    send: exchange,
    refusalOf: () => null,
    async open(request) {
      const { body, ...head } = await exchange(request);
      return { ...head, bytes: Readable.from([body]), leave: () => undefined };
    },
    async [Symbol.asyncDispose]() {
      await Promise.resolve();
    },
  };
}

const textOf = (body: Outgoing["body"]): string =>
  body === null ? "" : typeof body === "string" ? body : `${String(body.length)} bytes`;
