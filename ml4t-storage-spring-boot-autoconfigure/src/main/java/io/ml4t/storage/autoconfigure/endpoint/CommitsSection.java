package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.Commit;
import io.ml4t.storage.Version;
import io.ml4t.storage.VersionExpiredException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The newest commits, or those from a number on, oldest first. */
final class CommitsSection implements EndpointSection {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 1_000;

  /** Some commits. */
  record Commits(long head, List<MadeCommit> commits) {}

  /** One of them. */
  record MadeCommit(long sequence, Instant time, List<Change> changes) {
    static MadeCommit of(Commit commit) {
      return new MadeCommit(
          commit.sequence(), commit.time(), commit.versions().stream().map(Change::of).toList());
    }
  }

  /** What it did to a key. */
  record Change(String key, boolean deleted, long rows, long bytes) {
    static Change of(Version version) {
      return new Change(
          version.key().toString(), version.deleted(), version.rows(), version.bytes());
    }
  }

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public @Nullable Object read(Supplier<FileSystemStorage> chosen, Request request) {
    if (!request.path().isEmpty()) {
      return null;
    }
    Integer asked = request.limit();
    int limit = asked == null ? DEFAULT_LIMIT : asked;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new RefusedRequestException(
          "Cannot show " + limit + " commits: 1 to " + MAX_LIMIT + " at a time");
    }
    FileSystemStorage store = chosen.get();
    long head = store.status().headSequence();
    if (request.from() != null) {
      return new Commits(head, read(store, request.from(), limit));
    }
    return new Commits(head, newest(store, head, limit));
  }

  /** Fewer than asked for where older ones are no longer kept. */
  private static List<MadeCommit> newest(FileSystemStorage store, long head, int limit) {
    long first = Math.max(1, head - limit + 1);
    while (true) {
      try {
        return read(store, first, limit);
      } catch (RefusedRequestException e) {
        if (first >= head) {
          return List.of();
        }
        first += (head - first + 1) / 2;
      }
    }
  }

  private static List<MadeCommit> read(FileSystemStorage store, long from, int limit) {
    try {
      return Waiting.on(store.commits(Math.max(1, from), limit)).stream()
          .map(MadeCommit::of)
          .toList();
    } catch (VersionExpiredException e) {
      throw new RefusedRequestException(e);
    }
  }
}
