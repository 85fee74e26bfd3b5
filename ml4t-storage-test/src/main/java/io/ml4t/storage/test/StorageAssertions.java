package io.ml4t.storage.test;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import org.jspecify.annotations.Nullable;

/** Entry points of the assertions, to be imported statically beside AssertJ's own. */
public final class StorageAssertions {
  private StorageAssertions() {}

  /** Assertions on a frame. */
  public static FrameAssert assertThat(@Nullable DataFrame actual) {
    return new FrameAssert(actual);
  }

  /** Assertions on the frame of what is stored. */
  public static FrameAssert assertThat(@Nullable DataObject actual) {
    return new FrameAssert(actual == null ? null : actual.data())
        .as(actual == null ? "nothing" : actual.key().toString());
  }
}
