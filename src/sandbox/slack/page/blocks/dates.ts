import { html } from "../html.ts";
import type { ElementProps } from "./element-props.ts";
import type { DateInput } from "./model.ts";

const kinds = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" } as const;

/** Dates and times, with the browser's own picker. */
export function DateElement({ element, slot, surface }: ElementProps<DateInput>) {
  const held = surface.value(element, slot.blockId);
  const shown = held.selected_date ?? held.selected_time ?? fromUnix(held.selected_date_time) ?? "";
  const onChange = (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    // While a year is being typed it is 0002, then 0020: not yet a choice.
    if (/^0/.test(value) && element.type !== "timepicker") return;
    const next = element.type === "datetimepicker" ? toUnix(value) : value || null;
    void surface.change(element, slot.blockId, next, slot.send);
  };
  return html`<input
    class="field date"
    type=${kinds[element.type]}
    value=${shown}
    aria-labelledby=${slot.labelledBy}
    aria-describedby=${slot.describedBy}
    aria-invalid=${slot.invalid}
    aria-label=${slot.labelledBy ? undefined : "Date or time"}
    onChange=${onChange}
  />`;
}

const toUnix = (local: string): number | null =>
  local ? Math.floor(new Date(local).getTime() / 1000) : null;

function fromUnix(unix: number | null | undefined): string | undefined {
  if (!unix) return undefined;
  const date = new Date(unix * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
