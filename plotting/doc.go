// Package plotting draws process trees: the picture of a tree with one row per process
// ([PlotProcessTree]), graphs of who started whom ([PlotGraph]), and other views of the same tree, by
// time ([PlotTimeline], [PlotArcs]), by weight ([PlotIcicle]), around its roots ([PlotRadial]), by host
// ([PlotHosts]), a log of any size on one page ([PlotOverview]) and a whole tree on a large sheet
// ([PlotPoster]). docs/gallery.md shows them all.
//
//	tree, _ := ptree.BuildProcessTree(df)
//	plotting.PlotProcessTree(tree, plotting.Options{LegendCol: "SubjectUserName"})
//
// # How a picture is made
//
//	ptree.Tree ──► processes ──► plan ──► scene ──► PNG, TIFF, SVG, PDF, EPS, HTML
//	               plain facts   rows     marks     one file for each format
//	                               └────► DOT, Mermaid, GraphML, trace events
//
// A plan says which processes get a row of their own and which are folded, with their count,
// into a row that stands for several. A scene is a list of marks (boxes, lines, labels) with
// final positions in pixels; it is pure, and the tests read it. Every format paints the same
// marks, so a picture looks the same everywhere.
//
// # Rules that hold for every figure
//
// Nothing is left out unsaid: what is folded or cut is counted on the picture. Text is measured
// and cut to its room, never drawn over other text and never smaller than 6 points. Text from a
// log is made visible first, see [dataframe.Printable]: control characters, terminal escapes and
// direction marks cannot act on whoever looks at the picture. A character that no font has is
// drawn as a box with its code. The same tree gives the same bytes.
package plotting
