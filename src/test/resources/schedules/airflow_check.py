"""Runs a DAG file against stand-ins for Airflow that accept the documented arguments only; prints what it built as JSON.

Arguments of SparkSubmitOperator as documented by apache-airflow-providers-apache-spark, of BaseOperator and DAG as
documented by Airflow for the ones that Airflow 2 and 3 share.
"""

import json
import runpy
import sys
import types

SPARK = set("""application conf conn_id files py_files archives driver_class_path jars java_class packages
    exclude_packages repositories total_executor_cores executor_cores executor_memory driver_memory keytab principal
    proxy_user name num_executors status_poll_interval application_args env_vars verbose spark_binary properties_file
    yarn_queue deploy_mode use_krb5ccache post_submit_commands""".split())
BASE = set("""task_id owner email retries retry_delay retry_exponential_backoff max_retry_delay depends_on_past
    execution_timeout trigger_rule pool priority_weight queue on_failure_callback on_success_callback
    on_retry_callback doc_md""".split())
DAG_ARGUMENTS = set("""dag_id description schedule start_date end_date default_args max_active_tasks max_active_runs
    dagrun_timeout catchup tags on_failure_callback on_success_callback doc_md params""".split())
DAGS = []


def refuse_unknown(what, given, known):
    unknown = set(given) - known
    if unknown:
        raise TypeError(f"{what} has no documented argument {sorted(unknown)}")


class Dag:
    def __init__(self, **arguments):
        refuse_unknown("DAG", arguments, DAG_ARGUMENTS)
        self.arguments, self.tasks = arguments, []

    def __enter__(self):
        DAGS.append(self)
        return self

    def __exit__(self, *ignored):
        return False


class SparkSubmitOperator:
    failure = None

    def __init__(self, **arguments):
        refuse_unknown("SparkSubmitOperator", arguments, SPARK | BASE)
        self.arguments, self.upstream = arguments, []
        DAGS[-1].tasks.append(self)

    def __rshift__(self, other):
        other.upstream.append(self.arguments["task_id"])
        return other

    def execute(self, context):
        if self.failure:
            raise self.failure


class AirflowFailException(Exception):
    pass


class CronDataIntervalTimetable:
    def __init__(self, cron, timezone):
        self.cron, self.timezone = cron, timezone


def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__dict__.update(members)


module("airflow", DAG=Dag)
module("airflow.exceptions", AirflowFailException=AirflowFailException)
for package in ("airflow.providers", "airflow.providers.apache", "airflow.providers.apache.spark",
                "airflow.providers.apache.spark.operators", "airflow.timetables"):
    module(package)
module("airflow.providers.apache.spark.operators.spark_submit", SparkSubmitOperator=SparkSubmitOperator)
module("airflow.timetables.interval", CronDataIntervalTimetable=CronDataIntervalTimetable)

names = runpy.run_path(sys.argv[1])


def ends_with(message):
    task = DAGS[0].tasks[0]
    task.failure = RuntimeError(message)
    try:
        task.execute({})
    except AirflowFailException:
        return "fails"
    except RuntimeError:
        return "retries"
    return "succeeds"


print(json.dumps({
    "dags": {dag.arguments["dag_id"]: {
        task.arguments["task_id"]: {
            "upstream": task.upstream,
            "arguments": task.arguments["application_args"],
            "class": task.arguments["java_class"],
        } for task in dag.tasks} for dag in DAGS},
    "codes": {str(code): ends_with(f"Cannot execute: spark-submit x. Error code is: {code}.") for code in range(1, 100)},
    "kubernetes": ends_with("Cannot execute: x. Error code is: 0. Kubernetes spark exit code is: 4"),
    "lost": ends_with("Connection to the worker was lost"),
}))
