// Light and dark, and what the canvas is painted with.
import { type RGB, css, mix, rgb } from "./colour";

export interface Paint {
  dark: boolean;
  back: RGB; ink: string; quiet: string; faint: string; guide: string; line: string; accent: string; select: string; hit: string;
}

export const light: Paint = { dark: false, back: rgb("ffffff"), ink: "#1b1e24", quiet: "#565c68", faint: "#8a909c", guide: "#cfd4dc", line: "#e3e6eb", accent: "#1f5fbf", select: "#1f5fbf", hit: "#c2410c" };
export const dark: Paint = { dark: true, back: rgb("17191d"), ink: "#eceef2", quiet: "#a9b0bc", faint: "#7a818d", guide: "#3d434d", line: "#2b3038", accent: "#7fb2ff", select: "#7fb2ff", hit: "#ff9d5c" };

/** fill is a box's ground: a breath of its colour, so that text reads on it. */
export function fill(p: Paint, c: RGB): string { return css(mix(p.back, c, p.dark ? 0.24 : 0.13)); }

/** edge is a box's border. */
export function edge(p: Paint, c: RGB): string { return css(mix(p.back, c, p.dark ? 0.5 : 0.42)); }

/** strong is the colour itself, lifted where it would sink into the dark. */
export function strong(p: Paint, c: RGB): string { return css(p.dark ? mix(c, [255, 255, 255], 0.22) : c); }

/** hostTheme reads which theme the page has: JupyterLab's and VS Code's own marks, then the
 * background, then the system's wish. */
export function hostTheme(): "light" | "dark" {
  const body = document.body, mark = body.getAttribute("data-jp-theme-light");
  if (mark) return mark === "false" ? "dark" : "light";
  if (body.classList.contains("vscode-dark") || body.classList.contains("vscode-high-contrast")) return "dark";
  if (body.classList.contains("vscode-light")) return "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** watchTheme calls f whenever the page's theme may have changed; it returns how to stop. */
export function watchTheme(f: () => void): () => void {
  const media = matchMedia("(prefers-color-scheme: dark)"), seen = new MutationObserver(f);
  media.addEventListener("change", f);
  seen.observe(document.body, { attributes: true, attributeFilter: ["class", "data-jp-theme-light"] });
  return () => { media.removeEventListener("change", f); seen.disconnect(); };
}
