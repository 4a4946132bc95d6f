// The line at the bottom: how many are shown and selected, and the token of the selection.
import { copyText, h } from "./dom";
import type { Data } from "./data";
import type { State } from "./state";
import { token } from "./token";

export class Status {
  private readonly words = h("span");
  private readonly token = h("span", { class: "token" });
  private readonly live = h("span", { class: "unseen", "aria-live": "polite" });
  readonly el = h("div", { class: "status" }, this.words, this.token, this.live);

  constructor(private readonly state: State, private readonly root: ShadowRoot | HTMLElement, private readonly answered: boolean) {
    state.on(["rows", "selected", "loaded"], () => this.fill());
    this.fill();
  }

  say(text: string) { this.live.textContent = text; this.note(text); }

  private note(text: string) {
    for (const old of this.el.querySelectorAll(".note")) old.remove();
    const n = h("span", { class: "note" }, text);
    this.el.append(n);
    setTimeout(() => n.remove(), 2500);
  }

  private fill() {
    const { data, rows, processes, selection, view } = this.state, n = (k: number) => k.toLocaleString("en");
    const total = data.manifest.Total > data.n ? ` (of ${n(data.manifest.Total)} in the tree; ${n(data.manifest.Total - data.n)} left out)` : "";
    this.words.textContent = (processes === data.n ? `${n(data.n)} processes` : `${n(processes)} of ${n(data.n)} processes`) + (processes > rows.length ? ` in ${n(rows.length)} rows` : "") + total + (selection.count ? ` \u00b7 ${n(selection.count)} selected` : "");
    if (!selection.count || this.answered) { this.token.replaceChildren(); return; }
    const code = `ptree.FromToken(${view.Source || "tree"}, "${tokenOf(data, selection.rows())}")`;
    this.token.replaceChildren(h("code", { title: "Paste it in a Go cell to have these processes there" }, code.length > 90 ? code.slice(0, 87) + "\u2026" : code),
      h("button", { type: "button", onclick: async () => this.say((await copyText(code, this.root)) ? "Copied" : "The page may not use the clipboard") }, "Copy"));
  }
}

export function tokenOf(d: Data, rows: number[]): string {
  return token(d.manifest.Fingerprint, d.position ? rows.map((r) => d.position![r]!) : rows);
}
