package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** A part of the endpoint that can be read, below {@code /actuator/ml4tstorage/<name>}. */
interface EndpointSection {

  /**
   * What to read.
   *
   * @param path what follows the section's name, unescaped
   * @param from the first to show, null for the section's own choice
   * @param limit how many to show at most, null for the section's own choice
   * @param caller who asks
   */
  record Request(
      List<String> path, @Nullable Long from, @Nullable Integer limit, SecurityContext caller) {}

  /** The name. */
  String name();

  /**
   * What there is, null where there is nothing of that path.
   *
   * @param store gives the chosen store; fails where the request chooses none that there is
   */
  @Nullable Object read(Supplier<FileSystemStorage> store, Request request);
}
