import type { Log } from "#domain/ports/world.ts";
import type { SlackApi } from "../client.ts";
import type { Drawing, Message } from "../message.ts";

/** Draws a picture as a PNG. */
export type Draw = (drawing: Drawing) => Promise<Uint8Array>;

export type Pictures = {
  /** The message with its picture uploaded and in its place; without it where that does not work. */
  drawn(message: Message): Promise<Message>;
};

export function makePictures(api: Pick<SlackApi, "upload">, draw: Draw, log: Log): Pictures {
  return {
    async drawn(message) {
      const { picture, blocks, text } = message;
      if (picture === null) return message;
      try {
        const id = await api.upload(await draw(picture), "integrations.png", picture.alt);
        const image = {
          type: "image" as const,
          slack_file: { id },
          alt_text: picture.alt.slice(0, 2000),
        };
        return { text, blocks: blocks.toSpliced(picture.at, 0, image), picture: null };
      } catch (error) {
        log.warn("the chart could not be shown", { error: String(error) });
        return { ...message, picture: null };
      }
    },
  };
}
