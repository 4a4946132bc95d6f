// The module, as anywidget and our own pages load it.
import type { Model } from "./model";
import { mount } from "./mount";
import { startPage } from "./page";
import { Session } from "./session";
import { Viewer } from "./viewer";

/** initialize is called once a model; with "mount" set, it draws in the notebook's own page. */
function initialize({ model }: { model: Model }): (() => void) | void {
  const name = model.get("mount");
  if (typeof name !== "string" || name === "") return;
  return mount(new Session(model), name);
}

/** render draws a view of the model in an element. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const session = new Session(model), here = document.createElement("div");
  el.append(here);
  const viewer = new Viewer(session, here);
  return () => { viewer.destroy(); session.close(); };
}

const main = document.getElementById("gopherwood-page");
if (main) void startPage(main).catch((e: Error) => {
  const p = document.createElement("p");
  p.setAttribute("role", "alert");
  p.textContent = e.message;
  main.prepend(p);
});

export default { initialize, render };
