import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import type { Tool } from "../tool-server.ts";
import { batchRoutes } from "./batch.ts";
import { recordReader } from "./body.ts";
import { collectionRoutes } from "./collections.ts";
import { compositeRoutes } from "./composite.ts";
import { AUTHORIZE_PATH, CLIENT_ID, CLIENT_SECRET, openConnectedApp, TOKEN_PATH } from "./connected-app.ts"; // prettier-ignore
import { openCursors } from "./cursors.ts";
import type { Data } from "./data-route.ts";
import { describeRoutes } from "./describe.ts";
import { editRow } from "./edit.ts";
import { dailyLimit, notFound, serverError, sessionExpired, wrongMethod } from "./errors.ts";
import { gateOf } from "./gate.ts";
import { identityRoutes } from "./identity.ts";
import { limitRoutes } from "./limits.ts";
import { openOrganisation } from "./organisation.ts";
import { contact } from "./objects/contact.ts";
import { user } from "./objects/user.ts";
import { pagesOf } from "./page.ts";
import { INTEGRATION_USER } from "./people.ts";
import { queryRoutes } from "./query.ts";
import { replicationRoutes } from "./replication.ts";
import { rowRoutes } from "./rows.ts";
import type { Values } from "./rules.ts";
import { openSchema } from "./schema.ts";
import { seedAll, seeding } from "./seed.ts";
import { dispatching } from "./subrequests.ts";
import { switchesOf } from "./switches.ts";
import { treeRoutes } from "./tree.ts";
import { openUsage } from "./usage.ts";
import { versionRoutes } from "./versions.ts";
import { openWriter } from "./writer.ts";

/** A Salesforce organisation of 60 contacts (`seed`), with accounts, opportunities and orders. */
export const startSalesforce: StartTool = simulated(
  "salesforce",
  60,
  ({ shelf, seed, limits, flaws }) => {
    const schema = openSchema();
    const organisation = openOrganisation(shelf, schema);
    const writer = openWriter(organisation, schema, INTEGRATION_USER);
    const data: Data = { organisation, schema, writer, read: recordReader(schema, organisation) };
    const plant = seeding(organisation, writer, flaws);
    if (organisation.get(user, INTEGRATION_USER) === undefined) seedAll(organisation, plant, seed);

    const app = openConnectedApp(shelf);
    const usage = openUsage(shelf);
    const cursors = openCursors(shelf);
    const paging = { mostRows: Infinity };
    const gate = gateOf(limits, app, usage);
    const objectNamed = (name: string | null) => {
      const object = schema.object(name ?? contact.name);
      if (object === undefined) throw new Error(`There is no object ${String(name)}.`);
      return object;
    };

    const single = [
      ...describeRoutes(data),
      ...limitRoutes(data, usage),
      ...queryRoutes(data, cursors, paging),
      ...replicationRoutes(data),
      ...collectionRoutes(data),
      ...treeRoutes(data),
      ...rowRoutes(data),
    ];
    const dispatch = dispatching(single);
    const tool: Tool = {
      routes: [
        ...app.routes,
        ...identityRoutes(app),
        ...versionRoutes(),
        ...compositeRoutes(data, dispatch),
        ...batchRoutes(dispatch, usage),
        ...single,
      ],
      gate: gate.gate,
      wording: {
        tooManyRequests: dailyLimit,
        serverError,
        expiredToken: sessionExpired,
        notFound: () => notFound().answer,
        wrongMethod,
      },
    };
    function stats(): Counts {
      const rows = [...organisation.rows(contact)];
      const active = rows.filter((row) => row["IsDeleted"] !== true);
      const emails = active.flatMap(({ Email: email }) =>
        typeof email === "string" ? [email.toLowerCase()] : [],
      );
      return {
        limited: gate.limited,
        records: rows.length,
        active: active.length,
        ...organisation.tally,
        objects: Object.fromEntries(
          schema.all
            .filter(({ writable }) => writable)
            .map((object) => [object.plural.toLowerCase(), [...organisation.rows(object)].length]),
        ),
        duplicates: emails.length - new Set(emails).size,
      };
    }

    return {
      title: "Salesforce",
      tool: tool,
      pages: pageRoutes(...pagesOf(data)),
      controls: {
        switches: switchesOf({ app, cursors, gate, organisation, paging, schema, usage, writer }),
        seed(object, count) {
          plant(objectNamed(object), count);
          return [...organisation.rows(objectNamed(object))].length;
        },
        edit: (id, set, object) => editRow(data, objectNamed(object), id, set as Values),
      },
      stats,
      credential: () => ({ token: app.lasting() }),
      // Its own fields and its many currencies, as somebody who connects it has to name them.
      settings: {
        contact_columns: "website = Website__c; currency = CurrencyIsoCode",
        account_columns: "currency = CurrencyIsoCode",
        opportunity_columns: "currency = CurrencyIsoCode",
        order_columns: "total = Imported_Total__c; currency = CurrencyIsoCode",
        contact_external_id: "External_Id__c",
        account_external_id: "External_Id__c",
      },
      oauth: {
        authorize: AUTHORIZE_PATH,
        token: TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => app.signIn.refresh(),
      },
    };
  },
);
