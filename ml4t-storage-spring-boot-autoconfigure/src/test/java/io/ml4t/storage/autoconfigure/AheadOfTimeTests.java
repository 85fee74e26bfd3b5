package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** Processes an application ahead of time, as for a native image, and starts what comes out. */
class AheadOfTimeTests {
  @TempDir Path folder;

  private Path sources;
  private Path classes;

  @BeforeEach
  void makeFolders() throws Exception {
    sources = folder.resolve("sources");
    classes = Files.createDirectory(folder.resolve("classes"));
  }

  @Test
  void theSingleStoreIsThere() throws Exception {
    String root = "--ml4t.storage.data-root=" + folder.resolve("data");
    process(root);
    assertThat(start(root)).containsExactly("default is UP and has 1 key", "default made a commit");
  }

  @Test
  void namedStoresAreThere() throws Exception {
    String[] roots = {
      "--ml4t.storage.stores.default.data-root=" + folder.resolve("new"),
      "--ml4t.storage.stores.archive.data-root=" + folder.resolve("old")
    };
    process(roots);
    assertThat(start(roots))
        .containsExactlyInAnyOrder(
            "archive is UP and has 1 key",
            "default is UP and has 1 key",
            "archive made a commit",
            "default made a commit");
  }

  /** Has Spring write the sources of the application's context, and compiles them. */
  private void process(String... arguments) throws Exception {
    Settings settings =
        Settings.builder()
            .sourceOutput(sources)
            .resourceOutput(classes)
            .classOutput(classes)
            .groupId("io.ml4t")
            .artifactId("ahead-of-time")
            .build();
    new SpringApplicationAotProcessor(AheadOfTimeApplication.class, settings, arguments).process();
    String classPath = System.getProperty("java.class.path") + File.pathSeparator + classes;
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-proc:none", "-cp", classPath, "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(options::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    assertThat(result).isZero();
  }

  private String[] start(String... arguments) throws Exception {
    // What -Dspring.aot.enabled=true says to an application that has a JVM of its own.
    Files.writeString(classes.resolve("spring.properties"), "spring.aot.enabled=true");
    return IsolatedClassPath.after(classes)
        .call(AheadOfTimeApplication.class, "whatIsSeen", arguments);
  }
}
