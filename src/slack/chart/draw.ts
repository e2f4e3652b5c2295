import { createRequire } from "node:module";
import type { DayFigures } from "#domain/ports/settings.ts";
import type { Draw } from "./pictures.ts";
import { chartSpec } from "./spec.ts";

const require = createRequire(import.meta.url);

/** A machine may have no fonts at all, and then no text would be drawn: we bring our own. */
const fontFiles = ["400Regular/Roboto_400Regular.ttf", "700Bold/Roboto_700Bold.ttf"].map((file) =>
  require.resolve(`@expo-google-fonts/roboto/${file}`),
);

const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: "Roboto" };

/** Draws a picture. The drawing libraries are large, so they are loaded at the first one. */
export const drawPicture: Draw = async (drawing) => {
  const { Resvg } = await import("@resvg/resvg-js");
  const svg = drawing.kind === "chart" ? await chartSvg(drawing.days) : drawing.svg;
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
};

async function chartSvg(days: readonly DayFigures[]): Promise<string> {
  const [{ compile }, { View, parse }] = await Promise.all([import("vega-lite"), import("vega")]);
  const view = new View(parse(compile(chartSpec(days)).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
