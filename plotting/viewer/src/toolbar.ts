// The row at the top: what this is, search, and what can be done.
import { h, icon } from "./dom";
import type { Commands } from "./keyboard";
import { menu } from "./menu";
import { printable } from "./printable";
import type { State } from "./state";

export function toolbar(state: State, search: HTMLElement, commands: Commands): HTMLElement {
  const { Title, Subtitle } = state.data.manifest;
  const tool = (name: Parameters<typeof icon>[0], label: string, command: string, key?: string) =>
    h("button", { type: "button", class: "tool", "aria-label": label, title: key ? `${label} (${key})` : label, onclick: () => commands[command]!() }, icon(name));
  const table = tool("table", "Table", "table", "t");
  const pressed = () => table.setAttribute("aria-pressed", String(state.tableOpen));
  state.on("table", pressed);
  pressed();
  return h("div", { class: "toolbar" },
    h("div", { class: "titles" }, Title ? h("h2", { title: printable(Title, 500) }, printable(Title, 200)) : null, Subtitle ? h("p", { title: printable(Subtitle, 1000) }, printable(Subtitle, 300)) : null),
    search,
    h("div", { class: "tools", role: "toolbar", "aria-label": "Tree" },
      tool("fold", "Fold everything", "foldAll", "["), tool("unfold", "Unfold everything", "unfoldAll", "]"),
      tool("focus", "Show this subtree alone", "focus", "Enter"), tool("paths", "Only the paths to what is selected, else to the matches", "paths", "p"),
      table,
      menu("copy", "Copy", () => [
        { label: "Copy as a text tree", keys: "c", run: commands.copy! }, { label: "Copy as Go code", run: commands.copyGo! },
        { label: "Copy as CSV", run: commands.copyCSV! }, { label: "Save as CSV", run: commands.saveCSV! }]),
      tool("picture", "Save a picture", "picture", "s"), tool("full", "Full screen", "full", "f"),
      tool("reset", "Reset", "reset", "0"), tool("help", "Help", "help", "?")));
}
