import type { z } from "zod";
import type { Greeted, Greeting } from "../handshake.ts";
import { get, GetOptions } from "./get.ts";
import { header, HeaderOptions } from "./header.ts";
import { json, JsonOptions } from "./json.ts";
import { query, QueryOptions } from "./query.ts";
import { verifier, VerifierOptions } from "./verifier.ts";

/** Every handshake that a manifest may name. A new one is a new file, a line here and a case below. */
export const handshakeKinds = [
  QueryOptions,
  HeaderOptions,
  JsonOptions,
  GetOptions,
  VerifierOptions,
] as const;
export type HandshakeOptions = z.output<(typeof handshakeKinds)[number]>;

/** What a request comes to if it is this handshake; null if it is a message like any other. */
export function greet(request: Greeted, options: HandshakeOptions): Greeting | null {
  switch (options.kind) {
    case "query":
      return query(request, options);
    case "header":
      return header(request, options);
    case "json":
      return json(request, options);
    case "get":
      return get(request, options);
    case "verifier":
      return verifier(request, options);
    default:
      return options satisfies never;
  }
}
