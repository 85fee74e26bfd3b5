package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.StorageMaintenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The stores in Actuator. Reads look at what is there; the write operations {@code refresh}, {@code
 * vacuum} and {@code verify} need {@code management.endpoint.ml4tstorage.access=unrestricted}.
 */
@Endpoint(id = "ml4tstorage", defaultAccess = Access.READ_ONLY)
final class Ml4tStorageEndpoint {
  private static final Map<String, Function<StorageMaintenance, Object>> OPERATIONS =
      Map.of(
          "refresh", store -> Map.of("adopted", Waiting.on(store.refresh())),
          "vacuum", store -> Map.of("done", Waiting.on(store.vacuum())),
          "verify", store -> VerificationView.of(Waiting.on(store.verify())));

  private final Supplier<Map<String, FileSystemStorage>> stores;
  private final Map<String, EndpointSection> sections;

  Ml4tStorageEndpoint(
      Supplier<Map<String, FileSystemStorage>> stores, List<EndpointSection> sections) {
    this.stores = stores;
    this.sections =
        sections.stream().collect(Collectors.toMap(EndpointSection::name, Function.identity()));
  }

  /** All stores at a glance. */
  record Summary(Map<String, StoreSummary> stores) {}

  @ReadOperation
  Summary summary() {
    Map<String, StoreSummary> summaries = new TreeMap<>();
    stores.get().forEach((name, store) -> summaries.put(name, StoreSummary.of(store)));
    return new Summary(summaries);
  }

  /** A section; null where there is none of that path. */
  @ReadOperation
  @RegisterReflectionForBinding({ // Spring sees Object, and a native image what Spring sees.
    LocksSection.Locks.class,
    CommitsSection.Commits.class,
    KeysSection.StoredKey.class,
    MigrationsSection.Migrations.class
  })
  @Nullable Object section(
      @Selector(match = Selector.Match.ALL_REMAINING) String[] path,
      @Nullable String store,
      @Nullable Long from,
      @Nullable Integer limit,
      SecurityContext caller) {
    EndpointSection section = sections.get(path[0]);
    List<String> rest = Arrays.asList(path).subList(1, path.length);
    return section == null
        ? null
        : section.read(() -> store(store), new EndpointSection.Request(rest, from, limit, caller));
  }

  /** Runs a write operation. */
  @WriteOperation
  @RegisterReflectionForBinding(VerificationView.class)
  Object run(@Selector String operation, @Nullable String store) {
    Function<StorageMaintenance, Object> known = OPERATIONS.get(operation);
    if (known == null) { // Nothing for an answer would be taken for success.
      throw new RefusedRequestException(
          "Cannot run '%s': there are %s".formatted(operation, new TreeSet<>(OPERATIONS.keySet())));
    }
    return known.apply(store(store).maintenance());
  }

  private FileSystemStorage store(@Nullable String name) {
    Map<String, FileSystemStorage> all = stores.get();
    String wanted = name == null ? StoreNames.DEFAULT : name;
    FileSystemStorage store =
        name == null && all.size() == 1 ? all.values().iterator().next() : all.get(wanted);
    if (store == null) {
      throw new RefusedRequestException(
          "Cannot choose store '%s': there are %s".formatted(wanted, new TreeSet<>(all.keySet())));
    }
    return store;
  }
}
