package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.StorageKey;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexTests {
  private static final KeyPrefix ALL = KeyPrefix.parse("");
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  private final Index index = new Index(Index.Head.NONE, Index.Head.NONE);

  private static CommitRecord.Change written(StorageKey key) {
    FrameLocation location = new FrameLocation("log/1", 0, 1, 0);
    return new CommitRecord.Change(key, new Entry.Frame(location, 0, null, null, 0, -1));
  }

  @Test
  void keys_are_listed_as_of_one_commit_while_the_next_is_applied() {
    List<List<StorageKey>> meanwhile = new ArrayList<>();
    List<CommitRecord.Change> changes = List.of(written(AAPL), written(MSFT));
    CommitRecord commit =
        new CommitRecord(
            1,
            1,
            new AbstractList<>() {
              @Override
              public CommitRecord.Change get(int i) {
                meanwhile.add(index.list(ALL));
                return changes.get(i);
              }

              @Override
              public int size() {
                return changes.size();
              }
            });

    index.apply(commit);

    assertThat(meanwhile).hasSize(2).containsOnly(List.of());
    assertThat(index.list(ALL)).containsExactly(AAPL, MSFT);
  }
}
