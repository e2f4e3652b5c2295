import { expect, test } from "vitest";
import type { FlowIncident } from "#domain/incident.ts";
import { maskedSentence } from "#slack/text/mask.ts";
import { flowStatus } from "#slack/views/flow-status.ts";
import { incidentCard } from "#slack/views/incident-card.ts";
import { runCard } from "#slack/views/run-card.ts";
import {
  flowStatus as status,
  incident,
  incidentView,
  letter,
  now,
  run,
} from "./support/samples.ts";

test("a card names nobody: not whose record was settled first, and not as it was corrected", () => {
  const saying = (name: string) => ({ ...letter.problem, message: `The name ${name} is taken` });
  const other = {
    ...letter,
    problem: saying("Grace Hopper"),
    fields: { name: "Gracie Hopper" },
    edited: { name: "Grace Hopper" },
  };
  const subject = {
    ...incident.subject,
    problem: saying("Ada Lovelace"),
  } as FlowIncident["subject"];
  const samples = [{ letter: other, title: "Grace Hopper" }];
  const { text } = incidentCard(
    { ...incidentView, samples, incident: { ...incident, subject } },
    now,
  );
  expect(text).toContain("The name G••• H••• is taken");
  expect(text).not.toMatch(/Ada|Lovelace|Grace|Hopper/);
});

test.each([
  ["ada.lovelace@harbour.example", "ada.lovelace@harbour"],
  ["Ada <ada@mail.harbour.co.uk> is taken", "ada@"],
  ["ada+crm@xn--bcher-kva.example", "ada+crm"],
  ["zoë@bücher.example", "zoë@bücher"],
  ["mailto:ada@harbour.example?subject=x", "ada@harbour"],
  ["ada%40harbour.example is no address", "ada%40harbour"],
  ["call +44 20 7946 0123 now", "7946"],
  ["(020) 7946-0123", "7946"],
  ["0044.20.7946.0123", "7946"],
  ["+44\u00a020\u00a07946\u00a00123", "7946"],
  ["tel:+442079460123;ext=5", "2079460"],
])("%s is not repeated in a channel", (sentence, telling) => {
  expect(maskedSentence(sentence, [])).not.toContain(telling);
});

test("the reason why a run failed, waits or was paused names nobody", () => {
  const reason = "QuickBooks: no rights for ada@harbour.example, +44 20 7946 0123";
  const shown = [
    runCard({ ...run, state: { kind: "failed", reason } }, now),
    runCard({ ...run, state: { kind: "waiting", reason, until: now } }, now),
    flowStatus(
      {
        ...status,
        flow: {
          ...status.flow,
          state: { kind: "paused", reason, held: false, by: "Tieline", at: now },
        },
      },
      now,
    ),
  ];
  for (const { text, blocks } of shown) {
    expect(text).toContain("a•••@h•••.example, •••23");
    expect(JSON.stringify(blocks)).not.toMatch(/ada@|7946/);
  }
});
