import { startActivecampaign } from "./activecampaign/activecampaign.ts";
import { startAirtable } from "./airtable/airtable.ts";
import { startAsana } from "./asana/asana.ts";
import { startDropbox } from "./dropbox/dropbox.ts";
import { startFreshbooks } from "./freshbooks/freshbooks.ts";
import { startGoogleDrive } from "./google-drive/google-drive.ts";
import { startHubspot } from "./hubspot/hubspot.ts";
import { startMailchimp } from "./mailchimp/mailchimp.ts";
import { startMake } from "./make/make.ts";
import { startMonday } from "./monday/monday.ts";
import { startQuickbooks } from "./quickbooks/quickbooks.ts";
import { startSalesforce } from "./salesforce/salesforce.ts";
import { startWebhook } from "./webhook/webhook.ts";
import { startZapier } from "./zapier/zapier.ts";
import type { StartTool } from "./simulated-tool.ts";

/** Every simulated tool, by the name of its connector. */
export const tools = {
  activecampaign: startActivecampaign,
  airtable: startAirtable,
  asana: startAsana,
  dropbox: startDropbox,
  freshbooks: startFreshbooks,
  "google-drive": startGoogleDrive,
  hubspot: startHubspot,
  mailchimp: startMailchimp,
  make: startMake,
  monday: startMonday,
  quickbooks: startQuickbooks,
  salesforce: startSalesforce,
  webhook: startWebhook,
  zapier: startZapier,
} satisfies Record<string, StartTool>;
