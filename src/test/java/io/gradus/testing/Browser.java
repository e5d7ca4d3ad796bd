package io.gradus.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium of the machine; a test that needs one is skipped where there is none. */
public final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int LONGEST_SECONDS = 300;

  private Browser() {}

  /**
   * A page after its scripts ran.
   *
   * @param dom the document as HTML
   * @param console what the page and the content policy reported; empty is good
   */
  public record Opened(String dom, List<String> console) {}

  /** Opens a file as a person would, with {@code #fragment} behind its name. */
  public static Opened open(Path page, String fragment, Path folder)
      throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Path dom = folder.resolve("page.dom");
    Path errors = folder.resolve("page.err");
    Process process =
        new ProcessBuilder(
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + profile,
                "--window-size=1200,900",
                "--virtual-time-budget=2000",
                "--dump-dom",
                page.toUri() + fragment)
            .redirectOutput(dom.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the browser did not end within " + LONGEST_SECONDS + " s");
    }
    try (Stream<String> lines = Files.lines(errors)) {
      return new Opened(
          Files.readString(dom), lines.filter(line -> line.contains("CONSOLE")).toList());
    }
  }

  private static String program() {
    Optional<String> found =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> new File(folder, name)))
            .filter(File::canExecute)
            .map(File::getPath)
            .findFirst();
    assumeTrue(found.isPresent(), "needs a browser, one of " + NAMES + ", not installed");
    return found.get();
  }
}
