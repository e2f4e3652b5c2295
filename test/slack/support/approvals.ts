import { judge } from "#connectors/registered.ts";
import type { Approval } from "#domain/approval.ts";
import { approvalId } from "#domain/ids.ts";
import type { ApprovalView, ConnectorHistory, ConnectorReview } from "#operations/contract.ts";
import { helpdesk } from "../../support/manifest.ts";
import { ago, now } from "./samples.ts";

const judged = judge(helpdesk);
if (judged.kind === "wrong") throw new Error(JSON.stringify(judged.problems));
const nothing = { hosts: [], pages: [], scopes: [] };

export const review: ConnectorReview = {
  facts: judged.facts,
  reach: judged.reach,
  against: null,
  added: judged.reach,
  gone: nothing,
  changes: [],
  connections: [],
  stops: [],
};

export const update: ConnectorReview = {
  ...review,
  against: 2,
  added: { hosts: ["api2.helpdesk.example"], pages: [], scopes: ["people.write"] },
  gone: { ...nothing, hosts: ["api.helpdesk.example"] },
  changes: ["Settings: new region."],
  connections: ["desk"],
  stops: ["people-to-books: there would be no people"],
};

export const approval: Approval = {
  id: approvalId("55555555-5555-4555-8555-555555555555"),
  kind: "connector",
  subject: "helpdesk",
  what: {},
  hash: "Zm9yLXRoaXMtdGVzdC1hLWhhc2gtb2YtNDMtY2hhcnM",
  askedBy: "U024BE7LH",
  at: ago(2),
  state: { kind: "waiting", until: now.add({ hours: 24 }) },
};

export const request: ApprovalView = {
  approval,
  expired: false,
  approvers: ["U024BE8RM", "S024BE7LG"],
  about: {
    kind: "connector",
    connector: "helpdesk",
    title: "Help desk",
    text: helpdesk,
    note: "for support",
    backTo: null,
    version: null,
    review,
  },
};

const registered = {
  by: "U024BE7LH",
  at: ago(600),
  approvedBy: "U024BE8RM",
  hash: "0123456789abcdef",
  note: "the first",
};
export const history: ConnectorHistory = {
  connector: "helpdesk",
  title: "Help desk",
  current: 2,
  versions: [
    { version: 2, registered, needsApproval: false, problem: null },
    { version: 1, registered, needsApproval: true, problem: null },
  ],
  more: 0,
  waiting: approval,
  connections: [],
};
