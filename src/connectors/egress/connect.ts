import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { connectMs } from "#domain/answer-time.ts";
import type { AddressCheck } from "./address.ts";

export type Resolve = (
  host: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** We do not go there, whatever asked for it. Nothing was sent. */
export class Forbidden extends Error {
  override readonly name = "Forbidden";
}

const resolveByDns: Resolve = (host, options, done) => {
  dnsLookup(host, { ...options, all: true }, done);
};

/**
 * Opens sockets to allowed addresses only: every answer of the resolver is checked, since one bad
 * among good ones may be the one that is used, and so is the address at the other end.
 */
export function guardedConnector(
  check: AddressCheck,
  resolve: Resolve = resolveByDns,
): buildConnector.connector {
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) done(error, "", 0);
      else if (first === undefined) done(notFound(host), "", 0);
      else if (!addresses.every(({ address }) => check.mayReach(address)))
        done(new Forbidden(`${host} is not on the public internet`), "", 0);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ lookup, timeout: connectMs });

  return (options, done) => {
    connect(options, (error, socket) => {
      if (error !== null) {
        done(error, null);
      } else if (check.mayReach(socket.remoteAddress ?? "")) {
        done(null, socket);
      } else {
        socket.destroy();
        done(new Forbidden(`${options.hostname} is not on the public internet`), null);
      }
    });
  };
}

const notFound = (host: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
