"""Gradus on Airflow 2.9+ or 3: check, nightly, export, report every night, and a watch on freshness.

Needs the provider apache-airflow-providers-apache-spark, spark-submit of Spark 4.1 on the workers (client deploy
mode, so that the program's exit code reaches Airflow) and the Spark connection `spark_default`. Copy this file into the
DAGs folder and set, in the environment of scheduler and workers:

GRADUS_JAR      the one-file jar of `mvn -P shaded package`, target/gradus-all.jar
GRADUS_CONFIG   the settings, such as a copy of jobs/nightly.yaml
GRADUS_LAKE     folder or URI of the lake
GRADUS_REPORT   the report to write, such as /srv/reports/gradus.html
GRADUS_EXPORT   a JDBC URL to export to; without it there is no export task
"""

import os
import re
from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.exceptions import AirflowFailException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.timetables.interval import CronDataIntervalTimetable

JAR = os.environ.get("GRADUS_JAR", "/opt/gradus/gradus-all.jar")
CONFIG = os.environ.get("GRADUS_CONFIG", "/etc/gradus/nightly.yaml")
LAKE = os.environ.get("GRADUS_LAKE", "/var/lib/gradus/lake")
REPORT = os.environ.get("GRADUS_REPORT", "/var/lib/gradus/report.html")
EXPORT = os.environ.get("GRADUS_EXPORT", "")

# Internal failure, lock held, storage: another try may go through. A wrong setting (2), a source that breaks its
# contract (3), a closed gate (4) or a later run (75) stays what it is until a person has looked.
WORTH_RETRYING = {1, 5, 6}
MAX_AGE_DAYS = 2


def exit_code(message):
    """The exit code in the failure of the Spark provider's hook, or None when it names none."""
    found = re.findall(r"[Ee](?:rror|xit) code is: (\d+)", message)
    return int(found[-1]) if found else None


class GradusOperator(SparkSubmitOperator):
    """One Gradus command; fails at once for exit codes that a retry cannot mend."""

    def execute(self, context):
        try:
            return super().execute(context)
        except Exception as failure:
            code = exit_code(str(failure))
            if code is None or code in WORTH_RETRYING:
                raise
            raise AirflowFailException(f"gradus ended with exit code {code}; see the task log") from failure


def command(name, *arguments, **options):
    """A task that runs one command."""
    return GradusOperator(
        task_id=name,
        name=f"gradus-{name}",
        application=JAR,
        java_class="io.gradus.cli.Gradus",
        conn_id="spark_default",
        deploy_mode="client",
        driver_memory="4g",
        application_args=[name, *arguments],
        **options,
    )


# The interval of a run is the business day that has ended, so its start is the as-of date on Airflow 2 and 3.
with DAG(
    dag_id="gradus_nightly",
    schedule=CronDataIntervalTimetable("30 2 * * *", timezone="Europe/London"),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args={"retries": 3, "retry_delay": timedelta(minutes=11)},
    tags=["gradus"],
) as nightly_dag:
    as_of = "{{ data_interval_start.in_timezone('Europe/London') | ds }}"
    check = command("check", "--config", CONFIG, "--lake", LAKE)
    nightly = command(
        "nightly", "--config", CONFIG, "--lake", LAKE, "--as-of", as_of, "--log-format", "json",
        execution_timeout=timedelta(hours=4),
    )
    report = command("report", "--lake", LAKE, "--out", REPORT)
    if EXPORT:
        export = command("export", "--lake", LAKE, "--to", EXPORT)
        check >> nightly >> export >> report
    else:
        check >> nightly >> report

# Runs on its own, so that it also tells of nights that never started.
with DAG(
    dag_id="gradus_freshness",
    schedule="0 6-22 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["gradus"],
) as freshness_dag:
    command("status", "--lake", LAKE, "--max-age-days", str(MAX_AGE_DAYS))
