// What the colours mean: values to click, or a bar for numbers and times.
import { css, scale } from "./colour";
import { h } from "./dom";
import { printable } from "./printable";
import type { State } from "./state";
import { timeText } from "./data";
import { strong } from "./theme";

export class Legend {
  private readonly pick = h("select", { "aria-label": "Colour by", onchange: () => this.state.colourBy(this.pick.value) });
  private readonly entries = h("div", { class: "entries" });
  readonly el: HTMLElement;

  constructor(private readonly state: State) {
    this.pick.append(h("option", { value: "" }, "level"), ...state.data.columns.filter((c) => c.kind !== "none").map((c) => h("option", { value: c.name }, printable(c.name, 40))));
    this.el = h("div", { class: "legend" }, h("label", {}, "Colour by ", this.pick), this.entries);
    state.on(["colour", "theme", "rows"], () => this.fill());
    state.on("loaded", () => { if (state.colours.by && !state.colours.entries && !state.colours.time && state.data.column(state.colours.by)?.ready) state.colourBy(state.colours.by); });
    this.fill();
  }

  private fill() {
    const { colours } = this.state;
    this.pick.value = colours.by;
    if (colours.entries) this.entries.replaceChildren(...colours.entries.map((_, i) => this.entry(i)));
    else this.entries.replaceChildren(...(colours.range ? [this.bar(colours.range)] : []));
  }

  private entry(i: number): HTMLElement {
    const e = this.state.colours.entries![i]!, off = this.state.hidden.has(i), label = printable(e.label, 48) || "(empty)";
    const swatch = h("i", {});
    swatch.style.background = strong(this.state.paint, e.colour);
    return h("button", { type: "button", class: "entry", "aria-pressed": String(!off), title: `${printable(e.label, 300)}: ${e.count.toLocaleString("en")} processes. Click hides them, Alt+click shows them alone.`,
      onclick: (event: MouseEvent) => this.click(i, event.altKey || event.shiftKey) }, swatch, h("span", {}, label), h("small", {}, e.count.toLocaleString("en")));
  }

  private click(i: number, alone: boolean) {
    const { hidden, colours } = this.state, all = colours.entries!.map((_, k) => k);
    if (alone) {
      const already = hidden.size === all.length - 1 && !hidden.has(i);
      hidden.clear();
      if (!already) for (const k of all) if (k !== i) hidden.add(k);
    } else if (!hidden.delete(i)) hidden.add(i);
    this.state.arrange();
    (this.entries.children[i] as HTMLElement | undefined)?.focus();
  }

  private bar([low, high]: [number, number]): HTMLElement {
    const { colours, paint } = this.state, bar = h("i", { class: "scale" });
    const stops = Array.from({ length: 12 }, (_, i) => (colours.by ? scale(i / 11) : scale(0.12 + 0.76 * (i / 11))));
    bar.style.background = `linear-gradient(90deg, ${stops.map((c) => (paint.dark ? strong(paint, c) : css(c))).join(", ")})`;
    const write = (v: number) => (colours.time ? timeText(BigInt(Math.round(v)) * 1000000n) : v.toLocaleString("en", { maximumSignificantDigits: 6 }));
    return h("span", { class: "range" }, h("small", {}, write(low)), bar, h("small", {}, write(high)));
  }
}
