package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {

  private static final Path FILES = Path.of("src/main/resources/dev/nightjar/daemon/web/page");

  /** How our files name one another. */
  private static final Pattern NAMED = Pattern.compile("['\"](/assets/[a-z-]+\\.[a-z]+)['\"]");

  private final Assets assets = Page.assets();

  /** What a page needs, however far away. */
  private Set<String> neededBy(String page) {
    Set<String> found = new HashSet<>(Set.of(page));
    Deque<String> left = new ArrayDeque<>(found);
    while (!left.isEmpty()) {
      Matcher named = NAMED.matcher(text(left.remove()));
      while (named.find()) {
        if (found.add(named.group(1))) {
          left.add(named.group(1));
        }
      }
    }
    return found;
  }

  private String text(String path) {
    Assets.Asset asset = assets.find(path).orElseThrow(() -> new AssertionError(path));
    return new String(assets.content(asset).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void everythingThatThePageNeedsIsServedAndEveryFileIsNeeded() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      List<String> own =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".html") && !name.startsWith("sign-in"))
              .map(name -> "/assets/" + name)
              .toList();
      assertThat(neededBy("/"))
          .containsAll(own)
          .contains("/assets/uplot.js", "/assets/uplot.css", "/assets/dagre.js");
    }
  }

  @Test
  void strangersGetTheSignInPageAlone() {
    Set<String> open = neededBy("/sign-in");

    assertThat(open).allMatch(path -> assets.find(path).orElseThrow().open(), "is open");
    assertThat(neededBy("/"))
        .filteredOn(path -> assets.find(path).orElseThrow().open())
        .isSubsetOf(open);
  }

  @Test
  void markupAndScriptsAreKeptApart() throws IOException {
    for (String page : List.of("/", "/sign-in")) {
      assertThat(text(page))
          .doesNotContain(" style=", "<style", "javascript:")
          .doesNotContainPattern("<script[^>]*>[^<]")
          .doesNotContainPattern(" on[a-z]+=");
    }
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
            .doesNotContain("eval(", "new Function", "https://");
      }
    }
  }
}
