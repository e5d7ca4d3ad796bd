package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.report.ReportPage.Language;
import io.gradus.testing.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final int CHARTS = 13;

  @TempDir Path folder;

  private static String page(Language language) {
    return ReportPage.of(language, SampleAnswers.facts(), SampleAnswers.all());
  }

  @Test
  void noTextOfACustomerCanBecomeMarkup() throws IOException {
    String page = page(Language.EN);

    List<String> scripts = elements(page);
    assertThat(scripts).hasSize(3);
    String data = scripts.get(0);
    assertThat(data).doesNotContain("<", ">", "&", "'", "\u2028", "\u2029");
    assertThat(around(page)).doesNotContain("taken", "<img");
    JsonNode names = new ObjectMapper().readTree(data).at("/tables/customers/rows");
    for (int i = 0; i < SampleAnswers.NAMES.size(); i++) {
      assertThat(names.get(i).get(2).asText()).isEqualTo(SampleAnswers.NAMES.get(i));
    }
  }

  @Test
  void onlyTheTwoScriptsOfThePageMayRunAndNothingIsFetched() throws Exception {
    String page = page(Language.EN);
    String policy = first(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");

    assertThat(policy).contains("default-src 'none'").doesNotContain("http", "unsafe-eval");
    for (String script : elements(page).subList(1, 3)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(around(page)).doesNotContainPattern("<(link|img|iframe)\\b|src=|url\\(");
  }

  @Test
  void aScriptCannotEndItsElement() {
    assertThat(ReportPage.script("a = '</script><!-- <script>';"))
        .isEqualTo("a = '<\\/script><\\!-- <script>';");
    assertThat(PageJson.of(Map.of("k", "</script>\u2028&'")))
        .isEqualTo("{\"k\":\"\\u003C/script\\u003E\\u2028\\u0026\\u0027\"}");
  }

  @Test
  void everyQuestionHasItsSqlAndTheSampleAnswersAll() {
    TreeSet<String> asked = new TreeSet<>(ReportQueries.tables().keySet());
    asked.remove("policy");
    assertThat(SampleAnswers.all().keySet()).containsExactlyInAnyOrderElementsOf(asked);
    for (String question : ReportQueries.tables().keySet()) {
      String sql = ReportQueries.sql(question, "r'1", LocalDate.of(2025, 12, 31), null);
      assertThat(sql).contains("SELECT").doesNotContain(":run", ":as_of", ":previous");
    }
  }

  @Test
  void aBrowserDrawsEveryChartInBothLanguagesWithoutAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("report.html"), page(Language.EN));

    Browser.Opened english = Browser.open(file, "", folder);
    Browser.Opened chinese = Browser.open(file, "#lang=zh&theme=dark", folder);

    assertDrawn(english, "en", "light");
    assertDrawn(chinese, "zh", "dark");
    assertThat(english.dom()).contains("Customer grades, 31 December 2025").contains("€90k");
    assertThat(chinese.dom()).contains("客户等级报告，2025年12月31日").contains("原因：");
    // The hostile names are there, as text.
    assertThat(english.dom())
        .contains("&lt;script&gt;document.title='taken'&lt;/script&gt;")
        .contains("<title>Gradus");
  }

  @Test
  void theButtonsSwitchLanguageAndThemeAndMissingTablesAreSaidInWords() throws Exception {
    Map<String, TextTable.Result> firstNight = SampleAnswers.all();
    List.of("migration", "ledger", "lorenz", "concentration").forEach(firstNight::remove);
    Map<String, @Nullable Object> facts = SampleAnswers.facts();
    facts.put("previous", null);
    // The page refuses scripts that are not its own: the test takes its policy off to press keys.
    String page =
        ReportPage.of(Language.ZH, facts, firstNight).replaceFirst("<meta http-equiv=[^>]*>", "");
    int end = page.lastIndexOf("</body>");
    String pressed =
        page.substring(0, end)
            + "<script>document.getElementById('language').click();"
            + "document.getElementById('theme').click();"
            + "const s=document.getElementById('search');s.value='Fox loyal';"
            + "s.dispatchEvent(new Event('input'));</script>"
            + page.substring(end);

    Browser.Opened opened =
        Browser.open(Files.writeString(folder.resolve("pressed.html"), pressed), "", folder);

    assertThat(opened.console()).isEmpty();
    String root = first(opened.dom(), "(<html[^>]*>)");
    assertThat(root).contains("lang=\"en\"").contains("data-theme=\"dark\"");
    assertThat(root).doesNotContain("data-error");
    assertThat(opened.dom())
        .contains("There is no earlier run to compare with.")
        .contains("Movement needs an earlier run")
        .contains("No prediction has come due yet")
        .contains("10 found");
  }

  private static void assertDrawn(Browser.Opened opened, String language, String theme) {
    String root = first(opened.dom(), "(<html[^>]*>)");
    assertThat(opened.console()).isEmpty();
    assertThat(root)
        .contains("lang=\"" + language + "\"")
        .contains("data-theme=\"" + theme + "\"")
        .contains("data-charts=\"" + CHARTS + "\"")
        .doesNotContain("data-error");
  }

  /** The page without what stands inside its script elements. */
  private static String around(String page) {
    return Pattern.compile("(<script[^>]*>).*?</script>", Pattern.DOTALL)
        .matcher(page)
        .replaceAll("$1</script>");
  }

  private static List<String> elements(String page) {
    Matcher matcher =
        Pattern.compile("<script( [^>]*)?>(.*?)</script>", Pattern.DOTALL).matcher(page);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(2));
    }
    return found;
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
