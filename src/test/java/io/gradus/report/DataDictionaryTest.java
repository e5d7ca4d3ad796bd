package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.table.Gold;
import io.gradus.table.LakeTables;
import io.gradus.table.Ops;
import io.gradus.table.References;
import io.gradus.table.References.Reference;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import io.gradus.table.Titles;
import io.gradus.table.Titles.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    String page = DataDictionary.of(tables(), Titles.standard());
    if (Boolean.getBoolean("gradus.write-pages")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyTitleBelongsToSomethingAndEverythingHasOne() {
    Set<String> used = new TreeSet<>();
    for (TableSpec table : tables()) {
      assertThat(Titles.standard().table(table)).as(table.name()).satisfies(this::isBilingual);
      used.add(table.name());
      for (ColumnSpec column : table.columns()) {
        String own = table.name() + "." + column.name();
        assertThat(Titles.standard().column(table, column)).as(own).satisfies(this::isBilingual);
        used.add(own);
        used.add(column.name());
      }
    }
    assertThat(used).as("titles of nothing").containsAll(Titles.standard().names());
  }

  private void isBilingual(Title title) {
    assertThat(title.en()).isNotBlank().doesNotContainPattern("\\p{IsHan}");
    assertThat(title.zh()).isNotBlank();
    assertThat(title.zh().equals(title.en())).isFalse();
  }

  @Test
  void referencesNameColumnsOfBothTables() {
    for (Reference reference : References.all()) {
      for (TableSpec side : List.of(reference.from(), reference.to())) {
        assertThat(side.columns().stream().map(ColumnSpec::name))
            .as(side.name())
            .containsAll(reference.columns());
      }
    }
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
