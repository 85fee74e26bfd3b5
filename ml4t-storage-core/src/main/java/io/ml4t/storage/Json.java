package io.ml4t.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of sidecar files. Fixed, whatever mapper the application has configured. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

  /** As Python's {@code json.dumps(…, indent=2)} puts them. */
  private static final Separators SEPARATORS =
      Separators.createDefaultInstance()
          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayEmptySeparator("");

  private static final ObjectWriter WRITER =
      MAPPER
          .writer()
          .with(
              new DefaultPrettyPrinter(SEPARATORS)
                  .withObjectIndenter(LINES)
                  .withArrayIndenter(LINES));
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private Json() {}

  static Map<String, @Nullable Object> parseObject(String json) {
    try {
      Map<String, @Nullable Object> members = MAPPER.readValue(json, OBJECT);
      if (members == null) {
        throw new InvalidDataException("Cannot read metadata: it is null, expected a JSON object");
      }
      return members;
    } catch (JacksonException e) {
      throw new InvalidDataException(
          "Cannot read metadata: not a JSON object, " + e.getOriginalMessage(), e);
    }
  }

  static String print(Map<String, @Nullable Object> members) {
    return WRITER.writeValueAsString(members);
  }
}
