package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/** What runs did: their stages, checks, reconciliation and model figures. */
public final class Ops {
  private static final String LAYER = "ops";

  /** One row per run that published. */
  public static final TableSpec RUN =
      new TableSpec(
          LAYER,
          "run",
          "Runs that published, with what they rest on",
          "one row per run",
          List.of(Columns.RUN_ID),
          List.of(Columns.RUN_ID),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE),
              List.of(
                  required("started_at", DataTypes.TimestampType, "When the run started"),
                  required("seconds", DataTypes.DoubleType, "Wall-clock seconds until publication"),
                  required("code_version", DataTypes.StringType, "Release and hash of the code"),
                  required(
                      "manifest_hash", DataTypes.StringType, "Hash of the list of input files"),
                  required("settings_hash", DataTypes.StringType, "Hash of the settings"),
                  required("policy_hash", DataTypes.StringType, "Hash of the grading policy"),
                  required("input_files", DataTypes.LongType, "Number of input files"),
                  required("input_rows", DataTypes.LongType, "Rows of the input files"),
                  required("customers", DataTypes.LongType, "Customers graded"))),
          Map.of());

  /** One row per stage of a run. */
  public static final TableSpec RUN_STAGE =
      new TableSpec(
          LAYER,
          "run_stage",
          "Stages of each run with their duration",
          "one row per run and stage",
          List.of(Columns.RUN_ID, "position"),
          List.of(Columns.RUN_ID),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE),
              List.of(
                  required(
                      "position", DataTypes.IntegerType, "Order of the stage in the run, from 1"),
                  required("stage", DataTypes.StringType, "Name of the stage"),
                  required("seconds", DataTypes.DoubleType, "Wall-clock seconds"),
                  optional("rows", DataTypes.LongType, "Rows the stage is about; NULL when none"),
                  optional(
                      "peak_memory_bytes",
                      DataTypes.LongType,
                      "Largest heap of one process during the stage"),
                  optional(
                      "bytes_written",
                      DataTypes.LongType,
                      "Bytes of the data files the stage wrote"))),
          Map.of());

  /** What became of the source rows. */
  public static final TableSpec RECONCILIATION =
      new TableSpec(
          LAYER,
          "reconciliation",
          "What became of every source row, in rows and money",
          "one row per run, disposition, reason and currency",
          List.of(Columns.RUN_ID, Columns.DISPOSITION, Columns.REASON, Columns.CURRENCY),
          List.of(Columns.RUN_ID),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE),
              List.of(
                  required(
                      Columns.DISPOSITION,
                      DataTypes.StringType,
                      "accepted, quarantined, excluded, duplicate or erased"),
                  required(Columns.REASON, DataTypes.StringType, "Rule; empty for accepted rows"),
                  required(Columns.CURRENCY, DataTypes.StringType, "ISO code; empty when unknown"),
                  required("rows", DataTypes.LongType, "Number of source rows"),
                  required(
                      Columns.AMOUNT, TableSpec.MONEY, "Sum of the amounts that could be read"))),
          Map.of());

  /** Checks of a run. */
  public static final TableSpec QUALITY_RESULT =
      new TableSpec(
          LAYER,
          "quality_result",
          "Checks of each run with the value found and the bound",
          "one row per run and check",
          List.of(Columns.RUN_ID, "check_name"),
          List.of(Columns.RUN_ID),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE),
              List.of(
                  required("check_name", DataTypes.StringType, "Name of the check"),
                  required("value", DataTypes.DoubleType, "Value found"),
                  required("bound", DataTypes.DoubleType, "Bound it is held against"),
                  required("status", DataTypes.StringType, "pass, warn or fail"),
                  required("message_en", DataTypes.StringType, "What it means, English"),
                  required("message_zh", DataTypes.StringType, "What it means, Chinese"))),
          Map.of("known_status", "status IN ('pass', 'warn', 'fail')"));

  /** Figures of the models. */
  public static final TableSpec MODEL_METRIC =
      new TableSpec(
          LAYER,
          "model_metric",
          "Figures of the models that a run used: fits, hold-outs, baselines",
          "one row per run, model, scope and metric",
          List.of(Columns.RUN_ID, "model", "scope", "metric"),
          List.of(Columns.RUN_ID),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE),
              List.of(
                  required("model", DataTypes.StringType, "Model or baseline"),
                  required("scope", DataTypes.StringType, "What the figure was measured on"),
                  required("metric", DataTypes.StringType, "Name of the figure"),
                  optional("value", DataTypes.DoubleType, "The figure; NULL when undefined"),
                  optional("lower", DataTypes.DoubleType, "Lower end of its interval"),
                  optional("upper", DataTypes.DoubleType, "Upper end of its interval"),
                  optional("note", DataTypes.StringType, "What a reader should know"))),
          Map.of());

  /** Figures of models on past cut-offs. */
  public static final TableSpec MODEL_BACKTEST =
      new TableSpec(
          LAYER,
          "model_backtest",
          "Models replayed at past cut-offs by the backtest command; no part of a publication",
          "one row per backtest, horizon, population, task, model, statistic, cut-off and metric",
          List.of(
              "backtest_id",
              "horizon_days",
              "population",
              "task",
              "model",
              "statistic",
              "cut_off",
              "metric"),
          List.of("backtest_id"),
          List.of(
              required("backtest_id", DataTypes.StringType, "Last day and hash of input and code"),
              required("last_day", DataTypes.DateType, "The last day that outcomes are known of"),
              required("horizon_days", DataTypes.IntegerType, "Days that were predicted"),
              required("population", DataTypes.StringType, "everybody or active_365d"),
              required("task", DataTypes.StringType, "churn or value"),
              required("model", DataTypes.StringType, "Model or baseline; published is ours"),
              required(
                  "statistic",
                  DataTypes.StringType,
                  "cut_off, mean or worst over cut-offs, or gain over the best baseline"),
              optional("cut_off", DataTypes.DateType, "The last day the model knew; NULL over all"),
              required("metric", DataTypes.StringType, "Name of the figure"),
              optional("value", DataTypes.DoubleType, "The figure; NULL when undefined"),
              optional("lower", DataTypes.DoubleType, "Lower end of its 95 % interval"),
              optional("upper", DataTypes.DoubleType, "Upper end of its 95 % interval"),
              optional("against", DataTypes.StringType, "The baseline that a gain is over")),
          Map.of());

  private Ops() {}

  /** Every table of the layer that runs write. */
  public static List<TableSpec> tables() {
    return Stream.concat(
            Stream.of(RUN, RUN_STAGE, RECONCILIATION, QUALITY_RESULT, MODEL_METRIC, MODEL_BACKTEST),
            OpsMonitoring.tables().stream())
        .toList();
  }
}
