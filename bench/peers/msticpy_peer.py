"""msticpy's build_process_tree, from a pandas frame of the same log. It reads the log as CSV, which pandas
does without pyarrow: msticpy's pandas and pyarrow need different versions of numpy."""
import warnings

warnings.filterwarnings("ignore")

import msticpy
import pandas as pd
from msticpy.transform.proc_tree_builder import build_process_tree

VERSION = "msticpy " + msticpy.__version__

SCHEMA = dict(process_name="NewProcessName", process_id="NewProcessId", parent_id="ProcessId", time_stamp="TimeGenerated",
              parent_name="ParentProcessName", cmd_line="CommandLine", user_name="SubjectUserName", logon_id="SubjectLogonId",
              host_name_column="Computer")


def memory(path, out):
    log = pd.read_csv(path, keep_default_na=False)
    log["TimeGenerated"] = pd.to_datetime(log["TimeGenerated"], utc=True, format="ISO8601")
    return {"build_process_tree": lambda: build_process_tree(log, schema=SCHEMA)}, write_answer


def write_answer(tree, to):
    time = tree["TimeGenerated"]
    logged = time > pd.Timestamp(0, tz="UTC")  # an inferred parent is dated 1970
    born = tree["parent_key"].map(time[logged & ~tree.index.duplicated()])
    nanoseconds = lambda times: times.astype("int64").astype("Int64").where(times.notna())
    pd.DataFrame({"host": tree["Computer"], "time": nanoseconds(time), "pid": tree["NewProcessId"],
                  "parent_time": nanoseconds(born)})[logged].to_csv(to, index=False)
