import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { deliver } from "../deliveries.ts";
import { invalidCallback, unknownResource } from "./errors.ts";
import type { Values } from "./fields.ts";
import { signature } from "./signature.ts";
import { easternTime } from "./time.ts";

/** What can be told; the list is not known to be whole. */
export const EVENTS: readonly string[] = [
  ...["client", "invoice", "project", "payment"].flatMap((noun) =>
    ["create", "update", "delete"].map((verb) => `${noun}.${verb}`),
  ),
  "invoice.sendByEmail",
];

export type Callback = {
  callbackid: number;
  event: string;
  uri: string;
  verified: boolean;
  updated_at: string;
};
type Kept = Callback & { verifier: string };

export type Callbacks = {
  all(): Callback[];
  get(id: string): Callback;
  create(given: Values): Callback;
  update(id: string, given: Values): Callback;
  remove(id: string): void;
  /** Tells everybody who asked for it and has proved to be there. */
  tell(event: string, id: number): void;
  /** How long after a change it is told; in no promised order. */
  delayMs: number;
};

type Sender = { account: string; business: string; identity: string };
const FIRST_ID = 2000;
const DELAY_MS = 100;

/** Who is told of changes, once they have sent back the verifier that they were sent. */
export function openCallbacks(shelf: Shelf, sender: Sender): Callbacks {
  const kept = shelf.collection<Kept>("callbacks");
  const last = shelf.collection<number>("last_callback");

  const known = (id: string): Kept => {
    const callback = kept.get(id);
    if (callback === undefined) throw unknownResource("callback", id);
    return callback;
  };

  /** The form, in this order; `callback.verify` as the name of the handshake is unverified. */
  const send = (callback: Kept, name: string, id: number, more: Record<string, string> = {}) => {
    const form = {
      name,
      object_id: String(id),
      account_id: sender.account,
      business_id: sender.business,
      identity_id: sender.identity,
      user_id: "1",
      ...more,
    };
    setTimeout(() => {
      void deliver({
        url: callback.uri,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "x-freshbooks-hmac-sha256": signature(callback.verifier, form),
        },
        body: new URLSearchParams(form).toString(),
      });
    }, self.delayMs).unref();
  };

  const handshake = (callback: Kept) =>
    send(callback, "callback.verify", callback.callbackid, { verifier: callback.verifier });

  const self: Callbacks = {
    delayMs: DELAY_MS,
    all: () => [...kept.values()].map(shown),
    get: (id) => shown(known(id)),
    create({ event, uri, ...more }) {
      refuseOthers(more);
      if (typeof event !== "string" || !EVENTS.includes(event))
        throw invalidCallback("event", "Unrecognized event.");
      if (typeof uri !== "string" || !/^https?:$/.test(URL.parse(uri)?.protocol ?? ""))
        throw invalidCallback("uri", "Invalid uri.");
      const id = (last.get("id") ?? FIRST_ID) + 1;
      last.set("id", id);
      const callback: Kept = {
        callbackid: id,
        event,
        uri,
        verified: false,
        updated_at: easternTime(Date.now()),
        verifier: randomBytes(24).toString("base64url"),
      };
      kept.set(String(id), callback);
      handshake(callback);
      return shown(callback);
    },
    update(id, { verifier, resend, callback_id: _, ...more }) {
      refuseOthers(more);
      const callback = known(id);
      if (resend === true) handshake(callback);
      else if (verifier !== callback.verifier)
        throw invalidCallback("verifier", "Invalid verifier.");
      else kept.set(id, { ...callback, verified: true, updated_at: easternTime(Date.now()) });
      return shown(known(id));
    },
    remove(id) {
      known(id);
      kept.delete(id);
    },
    tell(event, id) {
      for (const callback of kept.values()) {
        if (callback.verified && callback.event === event) send(callback, event, id);
      }
    },
  };
  return self;
}

/** The verifier is a secret: it is told only to the address itself. */
const shown = ({ verifier: _, ...callback }: Kept): Callback => callback;

function refuseOthers(more: Values): void {
  const [name] = Object.keys(more);
  if (name !== undefined) throw invalidCallback(name, "Unrecognized field.");
}
