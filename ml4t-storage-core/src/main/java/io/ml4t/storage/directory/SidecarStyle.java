package io.ml4t.storage.directory;

import io.ml4t.storage.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** How the metadata of a frame is written beside it. All three are read, whichever is written. */
public enum SidecarStyle {
  /** {@code AAPL.json}, as ml4t-data's async backend has it. */
  JSON(".json"),

  /** {@code AAPL.manifest.json}, as its blocking backend has it; no field is left out. */
  MANIFEST(".manifest.json"),

  /**
   * {@code AAPL.manifest.json} in its oldest form: {@code frequency} instead of {@code bar_type}
   * and {@code bar_params}. Bars that have more to them than a frequency keep the newer form, for
   * the older one cannot hold it.
   */
  FREQUENCY(".manifest.json");

  private static final Set<String> FREQUENCY_ONLY = Set.of("frequency");
  private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

  private final String extension;

  SidecarStyle(String extension) {
    this.extension = extension;
  }

  String extension() {
    return extension;
  }

  String json(Metadata metadata) {
    boolean isPlain =
        metadata.barType().equals("time") && metadata.barParams().keySet().equals(FREQUENCY_ONLY);
    if (this != FREQUENCY || !isPlain) {
      return metadata.toJson();
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(metadata.fields());
    fields.remove("bar_type");
    fields.remove("bar_params");
    fields.put("frequency", metadata.frequency());
    return WRITER.writeValueAsString(fields);
  }
}
