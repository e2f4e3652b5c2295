import type { Collection } from "../../collection.ts";
import { postingPage } from "../posting-page.ts";
import { NotTaken, type Setup } from "../setup-page.ts";
import type { Machine } from "./running.ts";
import type { Scenario } from "./scenarios.ts";

/** The scenario that a person runs. */
const ON_DEMAND = "925104";
const sample = {
  id: "evt-1",
  type: "customer.created",
  record_id: "m1",
  data: { name: "Ida Falk", email: "ida.falk@orchard.example" },
};

/** In a scenario this stands in its module HTTP, Make a request. */
export const stepsPage = (scenarios: Collection<Scenario>, machine: Machine): Setup =>
  postingPage({
    tool: "Make",
    about:
      "What scenarios post to: in a scenario, the module HTTP, Make a request. Scenarios are switched on and off among the scenarios.",
    steps: [
      {
        name: "action",
        label: "Form filled in, tell Tieline: URL",
        about: "The address for the records that the form is about.",
        target: () => machine.target(),
        point: (target) => {
          machine.point(target);
        },
      },
    ],
    run: {
      label: "Fill in the form",
      about: "JSON, which the scenario posts at once. Empty fills in nothing.",
      sample,
      async start(data) {
        const scenario = scenarios.get(ON_DEMAND);
        if (scenario === undefined) throw new NotTaken("There is no such scenario.");
        const { status } = await machine.run(scenario, data, "manual").finished;
        return status === 1 ? "The scenario ran." : "The scenario failed; it is among the incomplete executions."; // prettier-ignore
      },
    },
  });
