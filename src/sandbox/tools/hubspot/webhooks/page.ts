import type { AppWebhook } from "../../app-webhook.ts";
import { appWebhookPage } from "../../app-webhook-page.ts";
import type { Setup } from "../../setup-page.ts";
import { APP, CLIENT_SECRET } from "../access/sign-in.ts";

const what = ["creation", "propertyChange", "deletion", "restore", "merge", "associationChange"];
const of = (object: string): string[] => what.map((one) => `${object}.${one}`);

/** As the settings of an app in a developer account have them; the app of this account is there already. */
export const webhooksPage = (webhook: AppWebhook<never>): Setup =>
  appWebhookPage({
    tool: "HubSpot",
    about: `What the app ${String(APP)} is told of: in HubSpot, the app's project, Webhooks. One address takes the events of every account that has installed the app.`,
    given: [
      {
        label: "Client secret",
        value: CLIENT_SECRET,
        about: "From the app's page, Auth. What is told is signed with it.",
      },
    ],
    webhook,
    address: "Target URL",
    kinds: {
      Contacts: [...of("contact"), "contact.privacyDeletion"],
      Companies: of("company"),
      Deals: of("deal"),
      "Other objects, such as orders": of("object"),
    },
  });
