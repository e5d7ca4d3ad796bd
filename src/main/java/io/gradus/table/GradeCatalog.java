package io.gradus.table;

import static io.gradus.table.ColumnList.BOOLEAN;
import static io.gradus.table.ColumnList.DATE;
import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.INT;
import static io.gradus.table.ColumnList.LONG;
import static io.gradus.table.ColumnList.TEXT;
import static io.gradus.table.ColumnList.TEXTS;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Columns of grades, their reasons, changes and the coming policy. */
final class GradeCatalog {
  private GradeCatalog() {}

  static void addTo(ColumnList columns) {
    grades(columns);
    gradeDetails(columns);
    changes(columns);
    shadow(columns);
  }

  private static void grades(ColumnList columns) {
    columns.optional(Columns.VALUE_SCORE, DOUBLE, "Value dimension, 0 to 100");
    columns.optional(Columns.POTENTIAL_SCORE, DOUBLE, "Potential dimension, 0 to 100");
    columns.optional(Columns.TOTAL_SCORE, DOUBLE, "Weighted total of the dimensions, 0 to 100");
    columns.optional(
        Columns.SCORE_COVERAGE,
        DOUBLE,
        "Share of the policy's weight for which inputs were present, 0 to 1");
    columns.optional(
        Columns.RANK,
        LONG,
        "1 for the highest value; equal values share a rank; NULL for prospects");
    columns.optional(
        Columns.CUMULATIVE_SHARE,
        DOUBLE,
        "Share of the total value held by customers ranked before this one; NULL for prospects");
    columns.optional(
        Columns.ABC_CLASS, TEXT, "ABC class by the policy's cumulative shares; NULL for prospects");
    columns.optional(
        Columns.MATRIX_CELL, TEXT, "Cell of the value–potential matrix; NULL for prospects");
    columns.optional(Columns.MATRIX_CELL_ZH, TEXT, "The cell in Chinese");
    columns.required(Columns.GRADE, TEXT, "Official grade");
    columns.optional(Columns.GRADE_RAW, TEXT, "Grade of tonight's figures alone");
    columns.optional(Columns.GRADE_CANDIDATE, TEXT, "Grade waiting for confirmation");
    columns.required(
        Columns.PROVISIONAL,
        BOOLEAN,
        "True when the customer is too new or too little is known for a firm grade");
    columns.optional(Columns.REASONS, TEXTS, "Codes of the reasons of the grade, strongest first");
    columns.optional(Columns.REASONS_EN, TEXT, "The reasons in English");
    columns.optional(Columns.REASONS_ZH, TEXT, "The reasons in Chinese");
    columns.optional(
        Columns.POINTS_TO_NEXT_GRADE,
        DOUBLE,
        "Points missing to the next better grade; NULL at the top");
  }

  private static void gradeDetails(ColumnList columns) {
    columns.optional(
        Columns.LOYALTY_SCORE,
        DOUBLE,
        "Loyalty dimension, 0 to 100; NULL when the policy has none");
    columns.optional(
        Columns.RISK_SCORE,
        DOUBLE,
        "Risk dimension, 0 to 100, higher is better; NULL when the policy has none");
    columns.optional(
        Columns.FIT_SCORE,
        DOUBLE,
        "Strategic fit dimension, 0 to 100; NULL when the policy has none");
    columns.optional(
        Columns.LIFECYCLE_SCORE,
        DOUBLE,
        "Lifecycle dimension, 0 to 100; NULL when the policy has none");
    columns.optional(
        Columns.REFERENCE_SCORE,
        DOUBLE,
        "Total of the customer with median values in the same scope");
    columns.optional(
        Columns.ROBUSTNESS, DOUBLE, "Share of perturbed weights that give the same grade, 0 to 1");
    columns.optional(Columns.GRADE_SCOPE, TEXT, "Scope the customer is ranked within");
    columns.optional(Columns.GRADE_SYSTEM, TEXT, "Official grade before overrides and credit stop");
    columns.optional(Columns.GRADE_SINCE, DATE, "Date since which the system grade holds");
    columns.optional(
        Columns.CANDIDATE_RUNS, INT, "Runs in a row that the candidate grade has held");
    columns.optional(Columns.STRATEGY_EN, TEXT, "What to do with the customer");
    columns.optional(Columns.STRATEGY_ZH, TEXT, "What to do with the customer, Chinese");
    columns.optional(Columns.NEXT_GRADE, TEXT, "Next better grade; NULL at the top");
    columns.optional(
        Columns.NEXT_STEP_EN, TEXT, "Smallest single change that reaches the next grade");
    columns.optional(Columns.NEXT_STEP_ZH, TEXT, "The same in Chinese");
    columns.optional(
        Columns.ACCOUNT_ID,
        TEXT,
        "Account of the key-account gates: group:<parent group> or customer:<id>");
    columns.optional(
        Columns.ACCOUNT_TIER, TEXT, "strategic, key or ordinary by the gates of the policy");
    columns.required(Columns.GATE, TEXT, "Name of the gate");
    columns.optional(Columns.GATE_VALUE, DOUBLE, "The account's value; NULL when it is not known");
    columns.required(Columns.GATE_LIMIT, DOUBLE, "Least value that passes");
    columns.required(Columns.GATE_PASSED, BOOLEAN, "Whether the account passes the gate");
    columns.optional(Columns.GRADE_BEFORE, TEXT, "Official grade of the date before");
    columns.required(Columns.INDICATOR, TEXT, "Indicator of the policy");
    columns.required(Columns.DIMENSION, TEXT, "Dimension the indicator belongs to");
    columns.optional(Columns.INDICATOR_VALUE, DOUBLE, "The customer's value; NULL when missing");
    columns.optional(Columns.INDICATOR_SCORE, DOUBLE, "Value on the policy's ruler, 0 to 1");
    columns.required(
        Columns.CONTRIBUTION,
        DataTypes.createDecimalType(18, 6),
        "Points above or below the median customer; a customer's contributions sum to total less"
            + " reference");
  }

  private static void changes(ColumnList columns) {
    DataType points = DataTypes.createDecimalType(18, 6);
    columns.required(
        Columns.SCORE_BEFORE, points, "Total score of the date before, as published then");
    columns.required(Columns.SCORE_AFTER, points, "Total score of the snapshot date");
    columns.required(
        Columns.CHANGE_BY_CORRECTION,
        points,
        "Points from corrections: figures of the date before as they are known now");
    columns.required(
        Columns.CHANGE_BY_BEHAVIOUR, points, "Points from what the customer did since");
    columns.required(Columns.CHANGE_BY_RULER, points, "Points from a new scale of the indicators");
    columns.required(Columns.CHANGE_BY_POLICY, points, "Points from a new policy");
  }

  private static void shadow(ColumnList columns) {
    columns.optional(
        Columns.GRADE_SHADOW,
        TEXT,
        "Grade that the coming policy would give; NULL without a shadow policy");
    columns.optional(Columns.GRADE_SHADOW_RAW, TEXT, "Its grade of tonight's figures alone");
    columns.optional(
        Columns.GRADE_SHADOW_SYSTEM, TEXT, "Its grade before overrides and credit stop");
    columns.optional(Columns.GRADE_SHADOW_CANDIDATE, TEXT, "Its grade waiting for confirmation");
    columns.optional(Columns.GRADE_SHADOW_RUNS, INT, "Runs in a row that this candidate has held");
    columns.optional(Columns.GRADE_SHADOW_SINCE, DATE, "Date since which its system grade holds");
    columns.optional(Columns.SCORE_SHADOW, DOUBLE, "Total score by the coming policy, 0 to 100");
    columns.optional(Columns.SHADOW_POLICY, TEXT, "Name and version of the coming policy");
  }
}
