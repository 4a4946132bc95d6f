// Which notebook of a page is a model's, as far as the front end tells.
import type { Model } from "./model";

const panels = document.getElementsByClassName("jp-NotebookPanel");

/** elsewhere says that an element is in another notebook than the model's. JupyterLab has several in
 * a page; a panel's tab has the notebook's path in its tip, after the name, and the model's manager
 * knows the path as well. Front ends that tell neither have one notebook in a page. */
export function elsewhere(model: Model, el: Element): boolean {
  if (panels.length < 2) return false;
  const own = model.widget_manager?.context?.path, panel = el.closest(".jp-NotebookPanel[id]");
  if (typeof own !== "string" || !panel) return false;
  const tip = document.querySelector(`[role=tab][data-id="${CSS.escape(panel.id)}"]`)?.getAttribute("title"), line = tip?.split("\n")[1];
  if (line === undefined) return false;
  const path = line.replace(/^[^:\uff1a]*[:\uff1a]\s*/, ""); // "Path: ", in any language
  return path !== own && path !== own.slice(own.indexOf(":") + 1); // without the drive
}
