package io.ml4t.samples.marketdata.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard of the documentation asks Prometheus for. */
final class Dashboard {
  private static final Pattern METER = Pattern.compile("(ml4t_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

  private Dashboard() {}

  /** Each series that a panel or a variable of the dashboard needs. */
  static Stream<Series> series() throws IOException {
    JsonNode json =
        JsonMapper.shared().readTree(Files.readString(Path.of("../../docs/grafana.json")));
    Stream<Series> panels =
        json.get("panels")
            .valueStream()
            .flatMap(panel -> panel.get("targets").valueStream())
            .flatMap(
                target ->
                    series(
                        target.get("expr").asString(), target.path("legendFormat").asString("")));
    Stream<Series> variables =
        json.at("/templating/list")
            .valueStream()
            .flatMap(variable -> VARIABLE.matcher(variable.get("query").asString()).results())
            .map(found -> new Series(found.group(1), Map.of(found.group(2), "")));
    return Stream.concat(panels, variables);
  }

  private static Stream<Series> series(String expression, String legend) {
    Map<String, String> named = new TreeMap<>();
    LEGEND.matcher(legend).results().forEach(found -> named.put(found.group(1), ""));
    GROUPING
        .matcher(expression)
        .results()
        .flatMap(found -> Arrays.stream(found.group(1).split(", ")))
        .forEach(label -> named.put(label, ""));
    return METER
        .matcher(expression)
        .results()
        .map(
            found -> {
              Map<String, String> labels = new TreeMap<>(named);
              SELECTOR
                  .matcher(String.valueOf(found.group(2)))
                  .results()
                  .forEach(
                      selector ->
                          labels.put(
                              selector.group(1),
                              selector.group(2).equals("=") ? selector.group(3) : ""));
              return new Series(found.group(1), labels);
            });
  }

  /**
   * A series.
   *
   * @param labels its labels, each with the value that it has to have, or with nothing for any
   */
  record Series(String meter, Map<String, String> labels) {

    /** Finds a line of a scrape that shows it, of one store. */
    Pattern of(String store) {
      StringBuilder line = new StringBuilder("(?m)^" + meter + "(?=\\{)" + label("store", store));
      labels.forEach((label, value) -> line.append(label(label, value.isEmpty() ? ".*" : value)));
      return Pattern.compile(line.toString());
    }

    private static String label(String name, String value) {
      return "(?=.*[{,]%s=\"%s\")".formatted(name, value);
    }
  }
}
