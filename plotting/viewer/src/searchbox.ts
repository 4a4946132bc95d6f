// The search field of the tree: it finds while the person types.
import { Cancelled, Work } from "./breathe";
import { h, icon } from "./dom";
import type { Search } from "./search/search";
import type { State } from "./state";

export class SearchBox {
  readonly input = h("input", { type: "search", placeholder: "Search", "aria-label": "Search the tree", title: "name, command line, PID, user or any column \u00b7 column:value \u00b7 /regex/ \u00b7 and or not ( )", spellcheck: "false", autocomplete: "off",
    oninput: () => this.run(), onkeydown: (e: KeyboardEvent) => this.key(e) });
  private readonly result = h("output", { "aria-live": "polite" });
  readonly el = h("div", { class: "search", role: "search" }, icon("search"), this.input, this.result);
  private work = new Work();

  constructor(private readonly state: State, private readonly search: Search, private readonly go: (row: number) => void, private readonly leave: () => void) {}

  private key(e: KeyboardEvent) {
    if (e.key === "Enter") this.step(e.shiftKey ? -1 : 1);
    else if (e.key === "Escape" && this.input.value) { this.input.value = ""; void this.run(); }
    else if (e.key === "Escape" || e.key === "ArrowDown") this.leave();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  /** run searches for what is in the field. */
  async run(): Promise<void> {
    this.work.cancel();
    const work = this.work = new Work(), { state } = this;
    state.query = this.input.value;
    state.emit("kept");
    try {
      const hits = await this.search.find(state.query, work);
      if (work.cancelled) return;
      this.input.removeAttribute("aria-invalid");
      state.hits = hits;
      state.hitCount = hits ? hits.reduce((n, b) => n + b, 0) : 0;
      this.result.textContent = hits ? (state.hitCount ? `${state.hitCount.toLocaleString("en")} found` : "nothing found") : "";
      state.emit("hits");
    } catch (e) {
      if (e instanceof Cancelled || work.cancelled) return;
      this.input.setAttribute("aria-invalid", "true");
      this.result.textContent = (e as Error).message;
      state.hits = null;
      state.emit("hits");
    }
  }

  /** step goes to the next match, round the end. */
  step(direction: 1 | -1) {
    const { hits, data, current } = this.state;
    if (!hits || !this.state.hitCount) return;
    const next = direction > 0 ? hits.indexOf(1, current + 1) : current > 0 ? hits.lastIndexOf(1, current - 1) : -1;
    this.go(next >= 0 ? next : direction > 0 ? hits.indexOf(1) : hits.lastIndexOf(1, data.n - 1));
  }

  stop() { this.work.cancel(); }
}
