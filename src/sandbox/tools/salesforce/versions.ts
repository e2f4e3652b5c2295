import { json, type Route } from "../http.ts";
import { dataRoute, NEWEST, OLDEST } from "./data-route.ts";
import { identityUrl } from "./identity.ts";

const SEASONS = ["Spring", "Summer", "Winter"] as const;

/** Which versions there are, which anybody may ask, and what one of them leads to. */
export const versionRoutes = (): Route[] => [
  ...["/services/data", "/services/data/"].map((path) => ({
    method: "GET",
    path,
    handle: () => json(200, versions),
  })),
  ...dataRoute("GET", "", (request, base) =>
    json(200, {
      ...Object.fromEntries(
        ["composite", "limits", "query", "queryAll", "sobjects"].map((name) => [
          name,
          `${base}/${name}`,
        ]),
      ),
      identity: identityUrl(request.origin),
    }),
  ),
];

/** Three a year; 30 was Spring '14, and 67 is Summer '26. */
const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_none, index) => {
  const version = `${String(OLDEST + index)}.0`;
  const since = OLDEST + index - 30;
  const season = SEASONS[since % 3] ?? "";
  const year = 14 + Math.floor(since / 3) + (season === "Winter" ? 1 : 0);
  return { label: `${season} '${String(year)}`, url: `/services/data/v${version}`, version };
});
