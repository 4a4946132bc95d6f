// A button that opens a list of things to do.
import { h, icon } from "./dom";

export interface Item { label: string; keys?: string; run(): void; checked?: boolean }

/** menu makes the button and its list; items are asked for at each opening. */
export function menu(name: Parameters<typeof icon>[0], label: string, items: () => Item[]): HTMLElement {
  const list = h("div", { role: "menu", "aria-label": label, class: "menu", hidden: true });
  const button = h("button", { type: "button", class: "tool", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label, title: label, onclick: () => (list.hidden ? open() : close()) }, icon(name));
  const wrap = h("div", { class: "menu-wrap", onfocusout: (e: FocusEvent) => { if (!wrap.contains(e.relatedTarget as Node)) close(false); } }, button, list);

  function open() {
    list.replaceChildren(...items().map((item) => h("button", { type: "button", role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked), tabindex: -1, onclick: () => { close(); item.run(); } },
      h("span", {}, item.label), item.keys ? h("kbd", {}, item.keys) : null)));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    (list.firstElementChild as HTMLElement | null)?.focus();
  }

  function close(back = true) {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }

  list.addEventListener("keydown", (e) => {
    const all = [...list.children] as HTMLElement[], root = list.getRootNode() as ShadowRoot, at = all.indexOf(root.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (e.key === "Escape") close();
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
  return wrap;
}
