package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

/**
 * Metadata as the endpoint shows it. Whatever is not among the documented members may hold secrets,
 * as may what a provider was asked with and free attributes, so their values are shown to nobody
 * unless {@code show-values} says so.
 */
final class MetadataView {
  /** The members that hold no secret, whoever wrote them. */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "provider",
          "symbol",
          "asset_class",
          "frequency",
          "bar_type",
          "bar_params",
          "exchange",
          "calendar",
          "start_date",
          "end_date",
          "last_updated",
          "schema_version",
          "download_utc_timestamp",
          "data_range");

  private final Sanitizer sanitizer;
  private final Show show;

  MetadataView(Sanitizer sanitizer, Show show) {
    this.sanitizer = sanitizer;
    this.show = show;
  }

  Map<String, @Nullable Object> of(Metadata metadata, SecurityContext caller) {
    boolean shown = show.isShown(caller, Set.of());
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    metadata.fields().forEach((name, value) -> view.put(name, view(name, value, shown)));
    return view;
  }

  private @Nullable Object view(String name, @Nullable Object value, boolean shown) {
    if (DOCUMENTED.contains(name)) {
      return value;
    }
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> view = new LinkedHashMap<>();
      members.forEach(
          (member, each) -> view.put(member.toString(), sanitize(member.toString(), each, shown)));
      return view;
    }
    return sanitize(name, value, shown);
  }

  private @Nullable Object sanitize(String name, @Nullable Object value, boolean shown) {
    return value == null ? null : sanitizer.sanitize(new SanitizableData(null, name, value), shown);
  }
}
