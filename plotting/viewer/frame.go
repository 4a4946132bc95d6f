package viewer

import (
	"html/template"
	"strings"
)

// FrameOptions say how a frame sits in its notebook.
type FrameOptions struct {
	// Mount is the text that the live module finds this output by, its model's "mount"; "" when
	// there is no live module.
	Mount string

	// Fallback is what is seen where neither scripts nor frames run, such as an untrusted
	// notebook or a code host's preview: a picture or nested lists. It is HTML that is safe.
	Fallback template.HTML
}

// frameHeight is that of a figure whose View has none.
const frameHeight = 640

// frame is the fallback, then a frame that has no rights in the notebook's page, then a script
// that fills the frame when it comes into sight, hides the fallback when the tree is there, and
// tells the frame the page's theme. Where outputs are cleaned frame and script are taken away, and
// the fallback stays; it stays as well where the frame's scripts do not run.
var frame = template.Must(template.New("frame").Parse(
	`<div class="gopherwood" data-gopherwood="{{.Mount}}" style="position:relative">` +
		`<div data-gopherwood-fallback="">{{.Fallback}}</div>` +
		`<iframe title="{{.Title}}" sandbox="allow-scripts allow-downloads allow-popups" allow="fullscreen; clipboard-write" ` +
		`style="display:block;width:100%;height:0;border:0;color-scheme:auto" data-page="{{.Page}}" data-height="{{.Height}}"></iframe>` +
		`<script>{{.Script}}</script></div>`))

// frameScript runs in the notebook's page. It sends words that it knows, never text of the page.
// A live module has a moment to come first, so that the page is not read for nothing.
const frameScript = `(function(){
var box=document.currentScript&&document.currentScript.parentNode;if(!box)return;
var frame=box.querySelector("iframe"),fallback=box.querySelector("[data-gopherwood-fallback]");
if(!frame)return;
function live(){return box.hasAttribute("data-gopherwood-live");}
function theme(){
var b=document.body,l=b.getAttribute("data-jp-theme-light");
if(l)return l==="false"?"dark":"light";
if(b.classList.contains("vscode-dark")||b.classList.contains("vscode-high-contrast"))return"dark";
if(b.classList.contains("vscode-light"))return"light";
var c=getComputedStyle(b).backgroundColor.match(/[\d.]+/g);
if(c&&c.length>=3&&(c.length<4||+c[3]>0))return(+c[0]*3+ +c[1]*6+ +c[2])/10<128?"dark":"light";
return"light";}
function tell(){if(frame.contentWindow)frame.contentWindow.postMessage({gopherwood:"theme",theme:theme()},"*");}
addEventListener("message",function(e){
if(!frame.contentWindow||e.source!==frame.contentWindow||!e.data||e.data.gopherwood!=="ready")return;
tell();if(live())return;
frame.style.height=frame.getAttribute("data-height")+"px";if(fallback)fallback.style.display="none";});
new MutationObserver(tell).observe(document.body,{attributes:true,attributeFilter:["class","data-jp-theme-light"]});
function fill(){if(!live()&&!frame.hasAttribute("srcdoc"))frame.setAttribute("srcdoc",frame.getAttribute("data-page"));}
if(!window.IntersectionObserver){fill();return;}
var seen=new IntersectionObserver(function(entries){
if(entries.some(function(e){return e.isIntersecting;})){seen.disconnect();setTimeout(fill,300);}},{rootMargin:"800px"});
seen.observe(box);})();`

// Frame returns the tree for a notebook's text/html: the page of [WritePage] in a frame that can
// run its own scripts and nothing else. The whole tree is in it, so put fewer rows into Data (and
// say so in Total) when a notebook file should stay small.
func Frame(d *Data, v View, o FrameOptions) string {
	var page, out strings.Builder
	if err := WritePage(&page, d, v); err != nil {
		panic(err) // a builder takes everything
	}
	height := v.Height
	if height <= 0 {
		height = frameHeight
	}
	if err := frame.Execute(&out, map[string]any{
		"Mount": o.Mount, "Fallback": o.Fallback, "Title": pageTitle(d), "Height": height,
		"Page": page.String(), "Script": template.JS(frameScript),
	}); err != nil {
		panic(err)
	}
	return out.String()
}
