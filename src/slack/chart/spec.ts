import type { DayFigures } from "#domain/ports/settings.ts";
import type { TopLevelSpec } from "vega-lite";

const ink = "#3b3a39";
const failure = "#b3261e";
/** Told apart also by people who do not see red and green alike; red is kept for failures. */
const palette = ["#2f5d7c", "#e0a030", "#7fb3d0", "#6b8f47", "#8a6a9e", "#b8a48a", "#9a9793"];

/** More flows than this become "all others": a chart with twenty lines says nothing. */
const most = 6;

/** Records a day in bars, one colour a flow; failures as marks above them, with their number. */
export function chartSpec(days: readonly DayFigures[]): TopLevelSpec {
  const values = folded(days);
  const failures = sumByDay(days);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 720,
    height: 220,
    background: "white",
    padding: 16,
    config: {
      font: "Roboto",
      view: { stroke: null },
      axis: {
        labelColor: ink,
        titleColor: ink,
        labelFontSize: 12,
        titleFontSize: 12,
        gridColor: "#e8e6e3",
        domain: false,
        ticks: false,
      },
      legend: {
        labelColor: ink,
        titleColor: ink,
        labelFontSize: 12,
        orient: "bottom",
        title: null,
        columns: 3,
        labelLimit: 400,
      },
    },
    layer: [
      {
        data: { values: [...fortnight(days), ...values] },
        mark: { type: "bar", cornerRadiusTopLeft: 2, cornerRadiusTopRight: 2 },
        encoding: {
          x: {
            field: "day",
            type: "ordinal",
            timeUnit: "utcmonthdate",
            title: null,
            axis: { format: "%-d %b", labelAngle: 0 },
          },
          y: {
            field: "records",
            type: "quantitative",
            aggregate: "sum",
            title: "Records",
            axis: { format: ",d", tickMinStep: 1, tickCount: 5 },
          },
          color: { field: "flow", type: "nominal", scale: { range: palette } },
        },
      },
      {
        data: { values: failures },
        mark: { type: "text", dy: -8, color: failure, fontSize: 12, fontWeight: "bold" },
        encoding: {
          x: { field: "day", type: "ordinal", timeUnit: "utcmonthdate" },
          y: { field: "records", type: "quantitative" },
          text: { field: "label" },
        },
      },
    ],
  };
}

/** Fourteen days to the last one, so that a first day does not fill the whole picture. */
function fortnight(days: readonly DayFigures[]): { flow: string; day: string; records: number }[] {
  const last = days
    .map(({ day }) => day)
    .toSorted()
    .at(-1);
  const [first] = days;
  if (last === undefined || first === undefined) return [];
  return Array.from({ length: 14 }, (_, back) => ({
    flow: first.flow,
    day: Temporal.PlainDate.from(last)
      .subtract({ days: 13 - back })
      .toString(),
    records: 0,
  }));
}

function folded(days: readonly DayFigures[]): { flow: string; day: string; records: number }[] {
  const totals = new Map<string, number>();
  for (const { flow, records } of days) totals.set(flow, (totals.get(flow) ?? 0) + records);
  const largest = [...totals]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([flow]) => flow);
  return days.map(({ flow, day, records }) => ({
    flow: largest.includes(flow) ? flow : "all others",
    day,
    records,
  }));
}

/** A number above each day on which records failed. */
function sumByDay(days: readonly DayFigures[]): { day: string; records: number; label: string }[] {
  const sums = new Map<string, { records: number; failures: number }>();
  for (const { day, records, failures } of days) {
    const sum = sums.get(day) ?? { records: 0, failures: 0 };
    sums.set(day, { records: sum.records + records, failures: sum.failures + failures });
  }
  return [...sums]
    .filter(([, { failures }]) => failures > 0)
    .map(([day, { records, failures }]) => ({ day, records, label: `${failures} failed` }));
}
