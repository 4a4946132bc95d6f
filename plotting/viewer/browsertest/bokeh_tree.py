"""Draw a process tree with Bokeh as msticpy's plot_process_tree does, as one page with no network.

usage: bokeh_tree.py TREE.json PAGE.html

TREE.json has the columns of the tree, which `go test -run TestPages` writes. What is drawn follows
https://github.com/microsoft/msticpy/blob/main/msticpy/vis/process_tree.py: one box a process by its
depth and order, two lines of text on it, a hover card, a range tool with all boxes beside it, and
a view of the first rows of many.
"""
import json
import sys

from bokeh.layouts import row
from bokeh.models import ColumnDataSource, HoverTool, Range1d, RangeTool, WheelPanTool
from bokeh.plotting import figure, output_file, save
from bokeh.transform import factor_cmap
from bokeh.palettes import Category10

VISIBLE = 20  # rows in sight at first
BOX_WIDTH = 3.5  # in levels


def source_of(columns):
    """The boxes: the first process at the top."""
    count = len(columns["depth"])
    names = [path.rsplit("\\", 1)[-1] for path in columns["Image"]]
    return count, ColumnDataSource({
        "x": [depth + BOX_WIDTH / 2 for depth in columns["depth"]],
        "left": [depth + 0.05 for depth in columns["depth"]],
        "y": [count - i for i in range(count)],
        "name": [f"{name} (PID: {pid})" for name, pid in zip(names, columns["ProcessId"])],
        "line": [text[:60] for text in columns["CommandLine"]],
        "image": columns["Image"], "pid": columns["ProcessId"], "command": columns["CommandLine"],
        "user": columns["User"], "time": [nanoseconds // 1_000_000 for nanoseconds in columns["UtcTime"]], "size": columns["WorkingSet"],
    })


def tree(count, source, fill):
    """The plot with boxes, texts and hover card."""
    wheel = WheelPanTool(dimension="height")
    plot = figure(title="Process tree", width=1100, height=700, tools=["pan", "reset", "save", "tap", wheel],
                  x_range=(0, max(source.data["x"]) + BOX_WIDTH), y_range=Range1d(count - VISIBLE, count + 1))
    plot.toolbar.active_scroll = wheel
    boxes = plot.rect(x="x", y="y", width=BOX_WIDTH, height=0.95, source=source, fill_alpha=0.4, fill_color=fill)
    plot.text(x="left", y="y", text="name", y_offset=-2, source=source, text_font_size="8pt")
    plot.text(x="left", y="y", text="line", y_offset=10, source=source, text_font_size="7pt")
    plot.add_tools(HoverTool(renderers=[boxes], tooltips=[(c, f"@{c}") for c in ("image", "pid", "command", "user", "size")] + [("time", "@time{%F %T}")],
                             formatters={"@time": "datetime"}))
    return plot


def overview(count, source, fill, plot):
    """The range tool: all boxes, small."""
    small = figure(width=90, height=700, y_range=(0, count + 1), x_range=plot.x_range, tools="", toolbar_location=None)
    small.rect(x="x", y="y", width=BOX_WIDTH, height=1, source=source, line_color=None, fill_color=fill)
    small.add_tools(RangeTool(y_range=plot.y_range))
    return small


def main(data, page):
    with open(data, encoding="utf-8") as file:
        columns = json.load(file)
    count, source = source_of(columns)
    users = sorted(set(columns["User"]))
    fill = factor_cmap("user", palette=Category10[max(3, len(users))], factors=users)
    plot = tree(count, source, fill)
    output_file(page, title="Process tree", mode="inline")
    save(row(plot, overview(count, source, fill, plot)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
