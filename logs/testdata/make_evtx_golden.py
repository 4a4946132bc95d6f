"""Writes evtx_golden.json: what the Python package evtx (pip install evtx==0.14.0) reads from the
real event logs beside the project, by the columns that the Go reader should make of them.

It knows nothing of the Go reader but the names of columns: the XML is the package's own.
A column is kept as the SHA-256 of its cells, each as "=text" or, when there is none, "-", a zero
byte after each. Times are cut to microseconds, which is all the package gives.

    python make_evtx_golden.py ../../../shared/data/evtx > evtx_golden.json
"""
import glob
import gzip
import hashlib
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import evtx

ATTRIBUTES = {
    "Provider.Name": "Provider", "Provider.Guid": "ProviderGuid", "Provider.EventSourceName": "EventSourceName",
    "EventID.Qualifiers": "Qualifiers", "TimeCreated.SystemTime": "TimeCreated", "Correlation.ActivityID": "ActivityID",
    "Correlation.RelatedActivityID": "RelatedActivityID", "Execution.ProcessID": "ExecutionProcessID",
    "Execution.ThreadID": "ThreadID", "Security.UserID": "UserID",
}
SYSTEM = set(ATTRIBUTES.values()) | {"TimeGenerated", "EventID", "Computer", "Channel", "EventRecordID", "Level", "Task",
                                     "Opcode", "Keywords", "Version"}


def local(tag):
    return tag.rpartition("}")[2]


def text(value):
    """GUIDs in braces, which the package leaves out when they are not text in the log."""
    value = value or ""
    if re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", value):
        return "{" + value + "}"
    return value


def fields(xml):
    row = {}

    def put(name, value):
        numbered, k = name, 0
        while numbered in row:
            k += 1
            numbered = f"{name}.{k}"
        row[numbered] = text(value)

    for section in ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", xml).replace("\r", "&#13;")):
        for element in section.iter():
            if element is section:
                continue
            name = local(element.tag)
            if local(section.tag) == "System":
                for attribute, value in element.attrib.items():
                    if value:
                        put(ATTRIBUTES.get(f"{name}.{attribute}", f"{name}.{attribute}"), value)
                if (element.text or "").strip():
                    put(name, element.text)
                continue
            for attribute, value in element.attrib.items():
                if attribute == "Name":
                    name = value
                elif value:
                    put(f"{name}.{attribute}", value)
            if len(element) == 0:
                put(f"{local(section.tag)}.{name}" if name in SYSTEM else name, element.text)
    return row


golden = {}
folder = sys.argv[1]
for path in sorted(glob.glob(os.path.join(folder, "**", "*.evtx.gz"), recursive=True)):
    data = gzip.open(path).read()
    rows, parser = [], evtx.PyEvtxParser(io.BytesIO(data)).records()
    while True:
        try:
            rows.append(fields(next(parser)["data"]))
        except StopIteration:
            break
        except RuntimeError as error:  # a part that is no chunk is an error there
            if "Invalid EVTX chunk header magic" not in str(error):
                raise
    columns = {}
    for name in sorted({name for row in rows for name in row}):
        digest = hashlib.sha256()
        for row in rows:
            digest.update(b"=" + row[name].encode() + b"\0" if name in row else b"-\0")
        columns[name] = digest.hexdigest()
    golden[os.path.relpath(path, folder)] = {"records": len(rows), "columns": columns}
json.dump(golden, sys.stdout, indent=1, sort_keys=True)
print()
