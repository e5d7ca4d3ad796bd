package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.table.Gold;
import io.gradus.table.LakeTables;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "data-dictionary.md");

  private static List<TableSpec> tables() {
    return Stream.of(Silver.tables(), Gold.tables(), Ops.tables(), LakeTables.tables())
        .flatMap(List::stream)
        .toList();
  }

  /** Run with -Dgradus.write-pages=true to write the page anew. */
  @Test
  void thePageSaysWhatTheContractsSay() throws IOException {
    String page = DataDictionary.of(tables());
    if (Boolean.getBoolean("gradus.write-pages")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyContractIsWhole() {
    for (TableSpec table : tables()) {
      List<String> names = table.columns().stream().map(ColumnSpec::name).toList();
      assertThat(names).as(table.name()).doesNotHaveDuplicates().containsAll(table.keys());
      assertThat(names).as(table.name()).containsAll(table.partitionBy());
      assertThat(table.columns()).allSatisfy(c -> assertThat(c.comment()).isNotBlank());
    }
  }
}
