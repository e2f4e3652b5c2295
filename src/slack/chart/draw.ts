import { createRequire } from "node:module";
import type { Draw } from "./pictures.ts";
import { chartSpec } from "./spec.ts";

const require = createRequire(import.meta.url);

/** A machine may have no fonts at all, and then no text would be drawn: we bring our own. */
const fontFiles = ["400Regular/Roboto_400Regular.ttf", "700Bold/Roboto_700Bold.ttf"].map((file) =>
  require.resolve(`@expo-google-fonts/roboto/${file}`),
);

/** Draws the digest's chart. The drawing libraries are large, so they are loaded at the first chart. */
export const drawPicture: Draw = async ({ days }) => {
  const [{ compile }, { View, parse }, { Resvg }] = await Promise.all([
    import("vega-lite"),
    import("vega"),
    import("@resvg/resvg-js"),
  ]);
  const view = new View(parse(compile(chartSpec(days)).spec), { renderer: "none" });
  try {
    const svg = await view.toSVG();
    const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: "Roboto" };
    return new Resvg(svg, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
  } finally {
    view.finalize();
  }
};
