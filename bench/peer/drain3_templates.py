"""Templates of a log by Drain3 with its defaults, and how long that took, as one line of JSON. Argument: the log."""
import json
import sys
import time

from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

with open(sys.argv[1], encoding="utf-8") as log:
    # The message, without the header that Drain3 does not read: its own example cuts there too.
    messages = [line.rstrip("\n").partition(": ")[2] for line in log]
miner = TemplateMiner(config=TemplateMinerConfig())
began = time.perf_counter()
for message in messages:
    miner.add_log_message(message)
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "templates": len(miner.drain.clusters)}))
