package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.WriteOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The conditions of a write that HTTP's headers {@code If-Match} and {@code If-None-Match} say. */
final class WriteConditions {
  private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})\"");

  private WriteConditions() {}

  static WriteOptions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null) {
      throw refused("If-Match and If-None-Match exclude each other");
    }
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.equals("*")) {
        throw refused("If-None-Match takes * only, for a key that does not exist");
      }
      return WriteOptions.ifAbsent();
    }
    if (ifMatch != null) {
      Matcher version = VERSION.matcher(ifMatch);
      if (!version.matches()) {
        throw refused("If-Match takes one version, such as \"42\"");
      }
      return WriteOptions.ifVersion(Long.parseLong(version.group(1)));
    }
    return WriteOptions.defaults();
  }

  private static ResponseStatusException refused(String reason) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
  }
}
