import { Mistake, Unavailable } from "#domain/errors.ts";
import type { webApi } from "@slack/bolt";
import { asking, SlackRefused } from "./client.ts";
import { count } from "./text/amount.ts";

/** A GET of Slack's own host for files, and of no other, up to `largestFile` bytes. */
export type Download = (
  url: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; headers: Readonly<Record<string, string>>; body: Buffer }>;

export type HandedIn = { name: string; text: string };

/** The text of a file that this user handed in with a form. @throws Mistake */
export type ReadFile = (id: string, user: string) => Promise<HandedIn>;

export const largestFile = 64 * 1024;

export function makeReadFile(
  client: webApi.WebClient,
  botToken: string,
  download: Download,
): ReadFile {
  return async (id, user) => {
    const { file } = await asking(() => client.files.info({ file: id })).catch(refused);
    const { name = "The file", size = 0, url_private: url, is_external: elsewhere } = file ?? {};
    // Somebody else's file may be one that this person cannot see, but we can.
    if (file?.user !== user) throw new Mistake("Only a file that you hand in yourself is read.");
    if (elsewhere === true || url === undefined)
      throw new Mistake(`${name} is kept elsewhere; please hand in the file itself.`);
    if (size > largestFile)
      throw new Mistake(
        `${name} is ${count(size)} bytes large; up to ${count(largestFile)} are accepted.`,
      );
    return { name, text: textOf(name, await fetched(url)) };
  };

  async function fetched(url: string): Promise<Buffer> {
    const answer = await download(url, { authorization: `Bearer ${botToken}` }).catch(
      (error: unknown) => {
        throw new Unavailable("Slack did not hand the file over.", { cause: error });
      },
    );
    // To a token that may not, Slack shows its page for signing in.
    if (answer.status === 200 && !/^text\/html/.test(answer.headers["content-type"] ?? ""))
      return answer.body;
    throw new Unavailable("Slack did not hand the file over.");
  }
}

function refused(error: unknown): never {
  if (!(error instanceof SlackRefused)) throw error;
  if (error.code === "missing_scope")
    throw new Mistake(
      "My Slack app may not read files yet: it needs the scope files:read, as in manifests/slack.yaml. Until then, paste the text instead.",
    );
  throw new Mistake("Slack does not have this file any more; please hand it in again.");
}

function textOf(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Mistake(`${name} is not a text in UTF-8.`);
  }
}
