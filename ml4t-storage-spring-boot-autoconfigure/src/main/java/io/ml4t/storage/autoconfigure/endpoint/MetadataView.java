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
 * Metadata as the endpoint shows it. What a provider was asked with, and free attributes, may hold
 * secrets, so their values are shown to nobody unless {@code show-values} says so.
 */
final class MetadataView {
  private static final Set<String> FREE = Set.of("provider_params", "attributes");

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
    if (FREE.contains(name) && value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> view = new LinkedHashMap<>();
      members.forEach(
          (member, each) -> view.put(member.toString(), sanitize(member.toString(), each, shown)));
      return view;
    }
    return value;
  }

  private @Nullable Object sanitize(String name, @Nullable Object value, boolean shown) {
    return value == null ? null : sanitizer.sanitize(new SanitizableData(null, name, value), shown);
  }
}
