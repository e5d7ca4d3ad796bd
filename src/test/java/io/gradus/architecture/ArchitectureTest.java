package io.gradus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.apache.spark.ml.Estimator;

/**
 * The directions in which packages may know each other; the house rules of the architecture page.
 */
@AnalyzeClasses(packages = "io.gradus", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] DOMAIN = {
    "io.gradus.ingest..", "io.gradus.feature..", "io.gradus.ml..", "io.gradus.clv..",
    "io.gradus.math..", "io.gradus.grade..", "io.gradus.insight..", "io.gradus.monitor..",
    "io.gradus.evaluate..", "io.gradus.report..", "io.gradus.simulate..", "io.gradus.plan.."
  };

  @ArchTest
  static final ArchRule domainKnowsNoStorageAndNoWiring =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gradus.lake..", "io.gradus.job..", "io.gradus.cli..");

  @ArchTest
  static final ArchRule lakeKnowsNoDomain =
      noClasses()
          .that()
          .resideInAPackage("io.gradus.lake..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DOMAIN);

  @ArchTest
  static final ArchRule lakeKnowsNoCommand =
      noClasses()
          .that()
          .resideInAPackage("io.gradus.lake..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gradus.job..", "io.gradus.cli..");

  @ArchTest
  static final ArchRule jobKnowsNoCommand =
      noClasses()
          .that()
          .resideInAPackage("io.gradus.job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gradus.cli..");

  @ArchTest
  static final ArchRule exportKnowsContractsAndTargetsOnly =
      noClasses()
          .that()
          .resideInAnyPackage("io.gradus.export..", "io.gradus.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gradus.lake..", "io.gradus.job..", "io.gradus.cli..")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(DOMAIN);

  @ArchTest
  static final ArchRule databasesAreReachedOnlyByTheExport =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gradus.export..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.duckdb..", "org.postgresql..");

  @ArchTest
  static final ArchRule numbersKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage("io.gradus.math..", "io.gradus.clv..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "scala..", "io.delta..");

  @ArchTest
  static final ArchRule mathKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.gradus.math..")
          .should()
          .dependOnClassesThat(ofOursOutside("io.gradus.math"));

  @ArchTest
  static final ArchRule tableKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.gradus.table..")
          .should()
          .dependOnClassesThat(ofOursOutside("io.gradus.table"));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.gradus.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule storageIsReachedOnlyThroughTheLake =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gradus.lake..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.delta.tables.DeltaTable")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.DataFrameReader")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyCommandsEndTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gradus.cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out");

  @ArchTest
  static final ArchRule onlyJobsReadTheClock =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gradus.job..", "io.gradus.cli..")
          .should()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule estimatorsCanBeLoadedAndCopied =
      classes()
          .that()
          .areAssignableTo(Estimator.class)
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should(haveAStringConstructorAndAReader())
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> ofOursOutside(String home) {
    return DescribedPredicate.describe(
        "are ours and outside of " + home,
        type ->
            type.getPackageName().startsWith("io.gradus")
                && !type.getPackageName().startsWith(home));
  }

  private static ArchCondition<JavaClass> haveAStringConstructorAndAReader() {
    return new ArchCondition<>("have a public (String) constructor and a static read()") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean constructor =
            type.getConstructors().stream()
                .anyMatch(
                    c ->
                        c.getModifiers().contains(JavaModifier.PUBLIC)
                            && c.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList()
                                .equals(List.of("java.lang.String")));
        boolean reader =
            type.getMethods().stream()
                .anyMatch(
                    m ->
                        m.getName().equals("read")
                            && m.getModifiers().contains(JavaModifier.STATIC)
                            && m.getRawParameterTypes().isEmpty());
        if (!constructor || !reader) {
          events.add(
              SimpleConditionEvent.violated(type, type.getName() + " cannot be loaded or copied"));
        }
      }
    };
  }
}
