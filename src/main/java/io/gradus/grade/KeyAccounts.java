package io.gradus.grade;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.grade.KeyAccountRules.Gate;
import io.gradus.insight.Lifecycle;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The tier of each account, strategic, key or ordinary, by the gates of the policy, with the
 * evidence. An account is a parent group, or a customer without one.
 */
public final class KeyAccounts {
  /** Passes the gates for the highest tier. */
  public static final String STRATEGIC = "strategic";

  /** Passes the gates for the second tier. */
  public static final String KEY = "key";

  /** All others. */
  public static final String ORDINARY = "ordinary";

  private static final String VALUE = "_gate_";

  private KeyAccounts() {}

  /**
   * One row per account: {@code account_id}, its number of customers, {@code account_tier} and
   * {@code account_gates}, an array of gate, value, limit and whether it passed. A gate whose value
   * is unknown, or whose feed is not delivered, does not pass. Ids of groups begin with {@code
   * group:}, those of single customers with {@code customer:}.
   *
   * @param customers graded customers, so that scores can be gates too
   * @throws GradusException (usage) when a gate names a column that customers never have
   */
  public static Dataset<Row> of(Dataset<Row> customers, Policy policy) {
    KeyAccountRules rules = policy.keyAccounts();
    if (rules == null) {
      throw new IllegalArgumentException("policy " + policy.name() + " has no key_accounts");
    }
    List<Column> sums = new ArrayList<>();
    Column counted = has(customers, Columns.LIFECYCLE) ? when(Lifecycle.isCustomer(), 1) : lit(1);
    sums.add(count(counted).as("customers"));
    for (int g = 0; g < rules.gates().size(); g++) {
      sums.add(value(customers, rules.gates().get(g)).as(VALUE + g));
    }
    return customers
        .groupBy(account(customers, rules).as(Columns.ACCOUNT_ID))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .select(
            col(Columns.ACCOUNT_ID),
            col("customers"),
            tier(rules).as(Columns.ACCOUNT_TIER),
            evidence(rules).as(Columns.ACCOUNT_GATES));
  }

  /**
   * Adds {@code account_id} and {@code account_tier} to each customer.
   *
   * @param customers the customers given to {@link #of}
   * @param accounts its result
   */
  public static Dataset<Row> join(Dataset<Row> customers, Dataset<Row> accounts, Policy policy) {
    KeyAccountRules rules = policy.keyAccounts();
    if (rules == null) {
      throw new IllegalArgumentException("policy " + policy.name() + " has no key_accounts");
    }
    return customers
        .withColumn(Columns.ACCOUNT_ID, account(customers, rules))
        .join(
            accounts.select(Columns.ACCOUNT_ID, Columns.ACCOUNT_TIER),
            new String[] {Columns.ACCOUNT_ID},
            "left");
  }

  private static Column account(Dataset<Row> customers, KeyAccountRules rules) {
    Column own = concat(lit("customer:"), col(Columns.CUSTOMER_ID));
    String group = rules.group();
    return group == null || !has(customers, group)
        ? own
        : coalesce(concat(lit("group:"), col(group).cast(DataTypes.StringType)), own);
  }

  private static Column value(Dataset<Row> customers, Gate gate) {
    if (!has(customers, gate.column()) && isOurs(gate.column())) {
      return lit(null).cast(DataTypes.DoubleType);
    }
    if (!has(customers, gate.column())) {
      throw GradusException.usage(
          "policy: key_accounts.gates."
              + gate.name()
              + ": the customers have no column '"
              + gate.column()
              + "'; correct its name or take the gate out");
    }
    Column column = col(gate.column());
    Column joined = gate.over() == Gate.Over.SUM ? sum(column) : max(column);
    return joined.cast(DataTypes.DoubleType);
  }

  /** A column of a feed or model that is not there tonight; nobody passes by it. */
  private static boolean isOurs(String column) {
    return Gold.CUSTOMER_360.columns().stream().anyMatch(known -> known.name().equals(column));
  }

  private static boolean has(Dataset<Row> customers, String column) {
    return List.of(customers.columns()).contains(column);
  }

  private static Column passed(Gate gate, int g) {
    return coalesce(col(VALUE + g).geq(gate.least()), lit(false));
  }

  private static Column tier(KeyAccountRules rules) {
    Column passes = lit(0);
    Column required = lit(true);
    for (int g = 0; g < rules.gates().size(); g++) {
      Gate gate = rules.gates().get(g);
      passes = passes.plus(when(passed(gate, g), 1).otherwise(0));
      required = gate.required() ? required.and(passed(gate, g)) : required;
    }
    return when(required.and(passes.geq(rules.passesForStrategic())), STRATEGIC)
        .when(required.and(passes.geq(rules.passesForKey())), KEY)
        .otherwise(ORDINARY);
  }

  private static Column evidence(KeyAccountRules rules) {
    Column[] rows = new Column[rules.gates().size()];
    for (int g = 0; g < rows.length; g++) {
      Gate gate = rules.gates().get(g);
      rows[g] =
          struct(
              lit(gate.name()).as(Columns.GATE),
              col(VALUE + g).as(Columns.GATE_VALUE),
              lit(gate.least()).as(Columns.GATE_LIMIT),
              passed(gate, g).as(Columns.GATE_PASSED));
    }
    return array(rows);
  }
}
