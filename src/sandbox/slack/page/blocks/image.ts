import { useState } from "preact/hooks";
import { html } from "../html.ts";
import { safeUrl } from "../safe-url.ts";
import { PlainOrMrkdwn } from "../text.ts";
import type { Image } from "./model.ts";

/** Where a picture is fetched from: an uploaded file by its id, or an address on the web. */
function sourceOf({ image_url: url, slack_file: file }: Image): string | undefined {
  if (file?.id) return `/ui/files/${encodeURIComponent(file.id)}`;
  const address = url ?? file?.url;
  return address ? safeUrl(address) : undefined;
}

export function Picture({ image, look }: { image: Image; look: string }) {
  const source = sourceOf(image);
  const [broken, setBroken] = useState<string | undefined>();
  if (!source || broken === source) {
    return html`<span class="no-picture" role="img" aria-label=${image.alt_text}
      >Picture not available: ${image.alt_text}</span
    >`;
  }
  return html`<img
    class=${look}
    src=${source}
    alt=${image.alt_text}
    onError=${() => setBroken(source)}
  />`;
}

export function ImageBlock({ image }: { image: Image }) {
  return html`<figure class="figure">
    ${image.title && html`<figcaption><${PlainOrMrkdwn} text=${image.title} /></figcaption>`}
    <${Picture} image=${image} look="block-image" />
  </figure>`;
}
