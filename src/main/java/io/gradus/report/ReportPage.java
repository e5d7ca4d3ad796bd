package io.gradus.report;

import io.gradus.report.TextTable.Result;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The report as one HTML file: page, style, scripts, chart library and data, with nothing fetched
 * from anywhere. What tables hold is data only: it is embedded by {@link PageJson} and shown as
 * text, and the page's own content policy refuses every other script.
 */
public final class ReportPage {
  private static final List<String> SCRIPTS =
      List.of(
          "words.js",
          "format.js",
          "theme.js",
          "charts.js",
          "tables.js",
          "sections.js",
          "sections-run.js",
          "page.js");

  private ReportPage() {}

  /** The language the page opens in; the reader can switch. */
  public enum Language {
    EN,
    ZH
  }

  /**
   * The page.
   *
   * @param facts what the page knows beside its tables: the policy's labels, titles of columns
   * @param answers the answer to each question of {@link ReportQueries} whose tables exist
   */
  public static String of(
      Language language, Map<String, @Nullable Object> facts, Map<String, Result> answers) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>(facts);
    Map<String, Object> tables = new LinkedHashMap<>();
    answers.forEach((question, answer) -> tables.put(question, table(answer)));
    data.put("tables", tables);
    String charts = script(PageResources.charts());
    String own = script(SCRIPTS.stream().map(PageResources::text).reduce("", String::concat));
    return fill(
        PageResources.text("page.html"),
        Map.of(
            "language",
            language == Language.ZH ? "zh" : "en",
            "policy",
            "'sha256-" + hash(charts) + "' 'sha256-" + hash(own) + "'",
            "style",
            PageResources.text("page.css"),
            "charts",
            charts,
            "data",
            PageJson.of(data),
            "script",
            own));
  }

  private static Map<String, Object> table(Result answer) {
    return Map.of(
        "columns",
        answer.header(),
        "rows",
        answer.rows().stream().map(row -> row.stream().map(PageJson::cell).toList()).toList());
  }

  /** Code that may stand inside a script element. */
  static String script(String code) {
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--").replace("\r", "");
  }

  /** Replaces each {@code {{name}}} of the page once; what is filled in is not looked at again. */
  private static String fill(String page, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int at = page.indexOf("{{"); at >= 0; at = page.indexOf("{{", from)) {
      int end = page.indexOf("}}", at);
      String value = values.get(page.substring(at + 2, end));
      if (value == null) {
        throw new IllegalStateException("nothing for " + page.substring(at, end + 2));
      }
      text.append(page, from, at).append(value);
      from = end + 2;
    }
    return text.append(page.substring(from)).toString();
  }

  private static String hash(String script) {
    return Base64.getEncoder().encodeToString(DigestUtils.sha256(script));
  }
}
