import { dataIn } from "../posting-page.ts";
import { NotTaken, type Setup } from "../setup-page.ts";
import type { Sender } from "./sender.ts";

const sample = { id: "w1", name: "Pia Lund", email: "pia.lund@orchard.example" };

/** Where somebody tells the service whom to send its events to, and sends one. */
export const sendingPage = (sender: Sender, secret: string): Setup => ({
  tool: "Webhook",
  path: "/_sending",
  label: "Sending",
  about: "Where the service sends its own events: the address of the object that they are about, and the secret that both sides know.", // prettier-ignore
  given: [{ label: "Secret of this service", value: secret, about: "What Tieline's events are verified with here. The same may sign those sent from here." }], // prettier-ignore
  button: "Save and send",
  inputs: () => [
    { kind: "url", name: "url", label: "Address", about: "Empty ends it.", value: sender.destination()?.url ?? "" }, // prettier-ignore
    { kind: "text", name: "secret", label: "Secret to sign with", about: "whsec_…", value: sender.destination()?.secret ?? secret }, // prettier-ignore
    { kind: "text", name: "type", label: "Type of the event", about: "Such as customer.changed.", value: "customer.changed" }, // prettier-ignore
    { kind: "text", name: "subject", label: "Id of the record", about: "Such as w1.", value: "" },
    { kind: "long", name: "data", label: "Send an event", about: `The record as JSON. Empty sends nothing. For instance: ${JSON.stringify(sample)}`, value: "" }, // prettier-ignore
  ],
  async save(values) {
    const typed = (name: string): string => values.get(name)?.trim() ?? "";
    const url = typed("url");
    if (url === "") {
      sender.point(null);
      return "Saved. Nothing is sent any more.";
    }
    if (!URL.canParse(url)) throw new NotTaken("This is no address; it begins with http.");
    const data = typed("data") === "" ? undefined : dataIn(typed("data"));
    try {
      sender.point({ url, secret: typed("secret") });
    } catch (error) {
      throw new NotTaken(error instanceof Error ? error.message : String(error));
    }
    if (data === undefined) return "Saved.";
    const subject = typed("subject");
    const { status } = await sender.send({ type: typed("type"), data, ...(subject !== "" && { subject }) }); // prettier-ignore
    return `Saved. The event was answered with ${String(status)}.`;
  },
});
