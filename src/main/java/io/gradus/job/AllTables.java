package io.gradus.job;

import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import java.util.List;
import java.util.stream.Stream;

/** Every table that runs write. */
final class AllTables {
  private AllTables() {}

  static List<TableSpec> list() {
    return Stream.of(Gold.tables(), Silver.tables(), Ops.tables()).flatMap(List::stream).toList();
  }
}
