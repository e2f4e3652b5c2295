import { createHash } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import type { Answer } from "../http.ts";
import { type Account, findCalled } from "./access.ts";
import { jsonIn } from "./body.ts";
import type { Call } from "./call.ts";
import { type ChangeFeeds, feedOf, positionIn } from "./changes.ts";
import { invalidValue, missing, refuse, unknownName } from "./errors.ts";
import { channelShape } from "./shapes.ts";

/** What a channel tells of: a feed of changes, or one file. */
type Watched = { kind: "feed"; feed: string } | { kind: "file"; file: string };

export type Channel = {
  id: string;
  watched: Watched;
  resourceId: string;
  resourceUri: string;
  address: string;
  token: string | null;
  /** Milliseconds; it is not renewed by itself. */
  expiration: number;
  /** Of the last notification. */
  number: number;
};

const HOUR_MS = 3_600_000;
const LONGEST_MS = { feed: 604_800_000, file: 86_400_000 };
const KEYS = ["address", "expiration", "id", "kind", "params", "payload", "resourceId", "resourceUri", "token", "type"]; // prettier-ignore
const LONGEST_ID = 64;
const LONGEST_TOKEN = 256;

export const openChannels = (shelf: Shelf): Collection<Channel> => shelf.collection("channels");

type Opened = (channel: Channel) => void;

export function watchChanges(
  channels: Collection<Channel>,
  feeds: ChangeFeeds,
  opened: Opened,
  call: Call,
): Answer {
  positionIn(feeds, call);
  const uri = `https://www.googleapis.com/drive/v3/changes?${call.request.query.toString()}`;
  return begin(channels, call, { kind: "feed", feed: feedOf(call) }, uri, opened);
}

export function watchFile(
  account: Account,
  channels: Collection<Channel>,
  opened: Opened,
  call: Call,
): Answer {
  const file = findCalled(account, call, call.id("fileId"));
  const uri = `https://www.googleapis.com/drive/v3/files/${file.id}?alt=json`;
  return begin(channels, call, { kind: "file", file: file.id }, uri, opened);
}

function begin(
  channels: Collection<Channel>,
  call: Call,
  watched: Watched,
  uri: string,
  opened: Opened,
): Answer {
  const asked = jsonIn(call.request.body);
  const { id, address, token } = textsOf(asked);
  if (channels.get(id) !== undefined)
    throw refuse(400, "channelIdNotUnique", `Channel id ${id} not unique`);
  const wanted =
    asked["expiration"] === undefined ? Date.now() + HOUR_MS : Number(asked["expiration"]);
  if (!(wanted > Date.now())) throw invalidValue("expiration");
  const channel: Channel = {
    id,
    watched,
    // Of the thing that is watched, not of the channel: two channels on one thing share it.
    resourceId: createHash("sha256")
      .update(JSON.stringify(watched))
      .digest("base64url")
      .slice(0, 27),
    resourceUri: uri,
    address,
    token,
    expiration: Math.min(wanted, Date.now() + LONGEST_MS[watched.kind]),
    number: 0,
  };
  channels.set(id, channel);
  opened(channel);
  const shown = {
    kind: "api#channel",
    id,
    resourceId: channel.resourceId,
    resourceUri: uri,
    ...(token === null ? {} : { token }),
    expiration: String(channel.expiration),
  };
  return call.shown(shown, channelShape, "*");
}

/** Reasons as in Google's page on push notifications; that loopback may do without TLS is ours. */
function textsOf(asked: Record<string, unknown>): Pick<Channel, "id" | "address" | "token"> {
  const unknown = Object.keys(asked).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw unknownName(unknown);
  if (!["web_hook", "webhook"].includes(String(asked["type"])))
    throw refuse(400, "push.channelTypeNotSupported", "Channel type not supported.");
  const address = textIn(asked, "address");
  if (!isReachable(address))
    throw refuse(400, "push.webhookUrlNotHttps", `WebHook callback must be HTTPS: ${address}`);
  const id = textIn(asked, "id");
  const token = asked["token"] === undefined ? null : textIn(asked, "token");
  if (id.length > LONGEST_ID) throw invalidValue("resource.id");
  if (token !== null && token.length > LONGEST_TOKEN) throw invalidValue("resource.token");
  return { id, address, token };
}

function textIn(asked: Record<string, unknown>, name: string): string {
  const value = asked[name] ?? "";
  if (typeof value !== "string") throw invalidValue(`resource.${name}`);
  if (value === "") throw missing(`resource.${name}`);
  return value;
}

function isReachable(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === "https:" || ["127.0.0.1", "localhost"].includes(url?.hostname ?? "");
}

/** `POST channels/stop`, with the resource id that came with the channel. */
export function stopChannel(channels: Collection<Channel>, call: Call): Answer {
  const { id, resourceId } = jsonIn(call.request.body);
  const channel = channels.get(String(id));
  if (channel === undefined || channel.resourceId !== resourceId) {
    throw refuse(404, "notFound", `Channel '${String(id)}' not found for project '118204937561'`);
  }
  channels.delete(channel.id);
  return { status: 204, headers: {}, body: "" };
}
