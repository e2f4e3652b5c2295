import { z } from "zod";
import { hostPattern, hostRule } from "../auth/hosts.ts";
import { Gone, List } from "./read-spec.ts";
import { Name, PathText } from "./request-spec.ts";

/** What went wrong in automations at a tool: a Zap, a scenario. */
export const Failures = z
  .strictObject({
    about: z.string().min(1).describe("What a person does so that they come."),
    list: List.optional().describe(
      "Where they have to be asked for; without it they are sent to the address /failures.",
    ),
    skip: Gone.optional().describe(
      "Which of what `each` brings has none, and is not asked for them.",
    ),
    needs: z
      .array(Name)
      .default([])
      .describe("Settings without which nothing can be asked for; they may be left out."),
    over: Gone.optional().describe("How one says that it is settled."),
    id: PathText.describe("Its own id: the same again is the same failure."),
    automation: z
      .strictObject({ id: PathText, name: PathText })
      .describe("Which automation failed. What `each` brought stands below `parent`."),
    step: PathText.optional().describe("Where in it."),
    message: PathText.describe("What went wrong, in the tool's own words."),
    page_at: PathText.optional().describe("Where it says the page of the automation …"),
    page: z.string().optional().describe("… or that page, with {automation} and settings."),
    own_page: z
      .string()
      .startsWith("/")
      .optional()
      .describe("The same where a connection has an address of its own: a path below that."),
    pages: z
      .array(z.string().regex(hostPattern, hostRule))
      .default([])
      .describe("Where such pages are: people are led nowhere else."),
  })
  .describe("Automations of the tool that fail: each cause becomes a card.");
export type FailuresSpec = z.output<typeof Failures>;
