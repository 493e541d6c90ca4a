"""Turns of calls in a Spark DataFrame, redacted on all workers.

    pip install 'ccredact[spark]'
    python examples/spark_frame.py                     invented calls on this machine; Java 17 must be there
    spark-submit examples/spark_frame.py IN OUT        your own Parquet, on a cluster

On a cluster the workers need the package too.
"""

from __future__ import annotations

import os
import sys

from pyspark.sql import DataFrame, SparkSession

from ccredact.integrations.spark import redact_frame

ROWS = [
    ("a", 1, "agent", "could I take the card number"),
    ("b", 1, "agent", "who am I speaking to"),
    ("a", 2, "caller", "it's 4242 4242 4242 4242"),
    ("b", 2, "caller", "Ada Obi"),
]
"""Invented turns of two calls."""


def session() -> SparkSession:
    """Return a session: that of the cluster, or one on this machine."""
    builder = SparkSession.builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
    if len(sys.argv) < 3:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master("local[2]").config("spark.ui.enabled", value=False)
        builder = builder.config("spark.sql.shuffle.partitions", 2)
    return builder.getOrCreate()


def show(frame: DataFrame) -> None:
    """Print the redacted turns in their order."""
    for row in frame.orderBy("call_id", "turn").collect():
        print(f"{row.call_id} {row.speaker}: {row.text} {row.counts}")


def main() -> None:
    """Redact the folder of the command line, or invented calls."""
    spark = session()
    if len(sys.argv) == 3:
        redact_frame(spark.read.parquet(sys.argv[1])).write.parquet(sys.argv[2])
    else:
        calls = spark.createDataFrame(ROWS, "call_id string, turn int, speaker string, text string")
        show(redact_frame(calls, "full"))
    spark.stop()


if __name__ == "__main__":
    main()
